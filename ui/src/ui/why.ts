/** Reasons why something cannot be done, as buttons and menus take them. */

/** The reason of what does not concern a person at all: it is not shown to them. */
export const NOT_SHOWN = "";
