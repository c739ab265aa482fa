import { expect, test } from "vitest";
import { joined } from "./join";

const file = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({ name, bytes });
const utf8 = (text: string) => new TextEncoder().encode(text);

test("one file is left as it is, and none is none", () => {
  const one = file("a.txt", new Uint8Array([0xff, 0xfe, 65, 0]));
  expect(joined([one], "all")).toBe(one);
  expect(joined([], "all")).toBeNull();
});

test("files are joined line by line, however they are encoded and end", () => {
  const files = [
    file("a.txt", utf8("A\tBüro")),
    file("b.txt", utf8("\uFEFFB\tCAD\r\n\r\n")),
    // What PowerShell 5.1 makes of a redirection: UTF-16 with a mark.
    file("c.txt", new Uint8Array([0xff, 0xfe, 67, 0, 9, 0, 252, 0, 13, 0, 10, 0])),
    file("d.txt", new Uint8Array([68, 9, 0xfc])),
  ];
  const all = joined(files, "4 files");
  expect(all?.name).toBe("4 files");
  expect(new TextDecoder().decode(all?.bytes)).toBe("A\tBüro\nB\tCAD\nC\tü\nD\tü\n");
});
