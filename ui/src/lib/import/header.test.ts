import { describe, expect, it } from "vitest";
import { columnsParam, guessColumns, headerOf, type ImportField } from "./header";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("the heading row of a file", () => {
  it.each([
    ["Company,Mail\nA,b", ["Company", "Mail"]],
    ["\uFEFFFirma;Kundennummer\r\nA;1", ["Firma", "Kundennummer"]],
    ["code\tname", ["code", "name"]],
    ['"Name, full";Mail\nx;y', ["Name, full", "Mail"]],
    ['"two\nlines",b\n1,2', ["two\nlines", "b"]],
  ])("is found in %j", (text, header) => {
    expect(headerOf(bytes(text))).toEqual(header);
  });

  it("is found in UTF-16 as spreadsheets save it", () => {
    const text = "Name\tOrt\r\n";
    const utf16 = new Uint8Array(2 + text.length * 2);
    utf16.set([0xff, 0xfe]);
    [...text].forEach((char, index) => {
      utf16[2 + index * 2] = char.charCodeAt(0);
    });
    expect(headerOf(utf16)).toEqual(["Name", "Ort"]);
  });
});

const fields: ImportField[] = [
  { id: "name", label: "Name", required: true, known: ["company"] },
  { id: "email", label: "E-mail", known: ["mail"] },
];

describe("columns", () => {
  it("are guessed by name, in any order and case, each heading once", () => {
    expect(guessColumns(fields, ["MAIL", "Company"])).toEqual({ name: "Company", email: "MAIL" });
    expect(guessColumns(fields, ["Ort"])).toEqual({ name: undefined, email: undefined });
  });

  it("travel as pairs, those not in the file left out", () => {
    expect(columnsParam({ name: "Company", email: undefined })).toBe("name:Company");
    expect(columnsParam({ name: undefined })).toBeUndefined();
  });
});
