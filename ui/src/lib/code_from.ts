/** A code suggested from a name: "Atlas CAD Größe" becomes `atlas-cad-grosse`. */

const CODE_CHARS = 32;

export function codeFrom(name: string): string {
  return name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, CODE_CHARS)
    .replace(/^-+|-+$/g, "");
}
