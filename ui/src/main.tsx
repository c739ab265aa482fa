/** The start of the program in the page. */

// First of all.
import "./ahead";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/query_client";
import { mendLanguage } from "./lib/language";
import { startTheme } from "./lib/theme";
import { getLocale } from "./paraglide/runtime.js";
import { router } from "./router";
import { AppFrame } from "./shell/AppFrame";
import "./theme.css";

mendLanguage(navigator);
startTheme();
document.documentElement.lang = getLocale();

const root = document.getElementById("root");
// Drawn once its first page is there: each drawing of half of it costs as much as all of it.
void router.load().finally(() => {
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <AppFrame>
          <RouterProvider router={router} />
        </AppFrame>
      </QueryClientProvider>
    </StrictMode>,
  );
});
