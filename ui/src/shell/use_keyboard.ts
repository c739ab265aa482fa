/** Listens for shortcuts once the first page is there. */

import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

export function useKeyboard(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("./keyboard").then(({ listen }) => {
      if (!isOver) stop = listen(navigate);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [navigate]);
}
