import { paraglideVitePlugin } from "@inlang/paraglide-js";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where a running `latchkey serve` is found while developing. */
const server = process.env.LATCHKEY_URL ?? "http://127.0.0.1:7878";

/** The widgets bring their few words in 34 languages: what is not one of ours stays out. */
const ourLanguages = (languages: RegExp): Plugin => ({
  name: "our-languages",
  transform: {
    filter: { id: { include: /\/intl\/(\w+\/)?\w\w-\w\w\.mjs$/, exclude: languages } },
    handler: () => ({ code: "export default undefined;", map: null }),
  },
});

/** The first frame waits for the styles, and for no code: they are asked for first. */
const stylesFirst: Plugin = {
  name: "styles-first",
  transformIndexHtml: {
    order: "post",
    handler: (html) => {
      const styles = html.match(/ *<link rel="stylesheet"[^>]*>\n/)?.[0];
      return styles ? html.replace(styles, "").replace(/ *<script /, `${styles}$&`) : html;
    },
  },
};

/** A part that so many pages and dialogs need is needed by most. What long lists are made of, fewer need. */
const MOST_PAGES = 21;

const OF_PAGES = /src\/(ui|lib|api|paraglide)\//;

/** What dialogs are made of: many need it, but none before one is opened. */
const OF_DIALOGS =
  /src\/ui\/(Checkbox|ConfirmDialog|Dialog|FieldPlace|FormDialog|field_errors|unsaved)\./;

export default defineConfig({
  plugins: [
    ourLanguages(/\/(en|de)-/),
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/paraglide",
      strategy: ["localStorage", "preferredLanguage", "baseLocale"],
    }),
    react(),
    tailwindcss(),
    stylesFirst,
  ],
  resolve: {
    alias: [
      // React has it itself by now.
      { find: /^use-sync-external-store\/shim\/index\.js$/, replacement: "react" },
      { find: /^(use-sync-external-store)\/shim(\/with-selector)$/, replacement: "$1$2" },
    ],
  },
  build: {
    target: ["es2022", "chrome111", "safari16.4", "firefox128"],
    // Assets stay files: a strict content security policy forbids data: scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What most pages need comes with the first of them: many small files weigh more than one.
          groups: [
            {
              name: "parts",
              test: (id) => OF_PAGES.test(id) && !OF_DIALOGS.test(id),
              minShareCount: MOST_PAGES,
            },
          ],
        },
      },
    },
  },
  // The server takes changes from its own page only: it has to see the host the page came from.
  server: {
    proxy: {
      "/v1": { target: server, changeOrigin: false },
      "/healthz": { target: server, changeOrigin: false },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    env: { TZ: "UTC" },
    restoreMocks: true,
  },
});
