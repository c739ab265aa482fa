// Runs in the page: does what a person does, and answers how many milliseconds later the frame is painted in which they
// see what they waited for. The driver's own time is in none of it.
(() => {
  const QUIET_MS = 300;

  // What the page asks the program for, and when that was answered.
  const requests = [];
  const fetched = window.fetch;
  window.fetch = async (...given) => {
    if (!String(given[0]).endsWith("/api_request")) return fetched(...given);
    const request = { asked: performance.now(), answered: undefined };
    requests.push(request);
    try {
      return await fetched(...given);
    } finally {
      request.answered = performance.now();
    }
  };

  const all = (selector) => [...document.querySelectorAll(selector)];
  const rows = () => all("#content [role=row][data-index]");
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  const one = (selector) => {
    const found = document.querySelector(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  };

  // Answers after the first frame at whose beginning it is there.
  const painted = (isThere) =>
    new Promise((resolve, reject) => {
      const look = () => {
        try {
          if (!isThere()) return requestAnimationFrame(look);
        } catch (error) {
          return reject(error);
        }
        // A message comes after the frame was drawn, unlike what is asked for now.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });

  const since = (began, end) => {
    const meant = requests.filter(({ asked, answered }) => asked >= began && answered <= end);
    const answered = meant.map((request) => request.answered - began);
    return {
      took: end - began,
      asked: meant.length > 0 ? meant[0].asked - began : null,
      answered: meant.length > 0 ? Math.max(...answered) : null,
    };
  };

  const pressed = async (element, isThere) => {
    const began = performance.now();
    element.click();
    return since(began, await painted(isThere));
  };

  // Begins to wait for what typing brings; the time counts from the last key.
  let awaited;
  const typed = (field, text, isThere) => {
    let began = 0;
    field.focus();
    field.addEventListener("keydown", () => (began = performance.now()), { capture: true });
    awaited = painted(() => field.value === text && isThere()).then((end) => since(began, end));
    // Nobody may ask for it if typing fails.
    awaited.catch(() => undefined);
  };

  // What scrolling comes to.
  let scrolled;

  const areFiltered = (fits) => rows().length > 0 && rows().every(fits);

  window.latchkeyBench = {
    // Nothing is asked for any more.
    quiet: () =>
      new Promise((resolve) => {
        const look = () => {
          const last = Math.max(0, ...requests.map(({ answered }) => answered ?? Infinity));
          if (performance.now() - last > QUIET_MS) resolve(null);
          else setTimeout(look, 50);
        };
        look();
      }),

    // A link of the navigation, until the list has its first row.
    visit: (path) => {
      const link = one(`header nav a[href="${path}"]`);
      const name = link.textContent.trim();
      const isList = (table) => table.getAttribute("aria-label") === name;
      return pressed(link, () => {
        const row = all("#content [role=table]").find(isList)?.querySelector("[data-index]");
        return row && row.textContent.trim() !== "";
      });
    },

    // What stands in the rows in sight.
    texts: (selector) => rows().map((row) => row.querySelector(selector)?.textContent ?? ""),

    // The free text of the list's filters, until every row has it.
    awaitFragment: (text) =>
      typed(one("#content search input"), text, () =>
        areFiltered((row) => fold(row.textContent).includes(fold(text))),
      ),

    openStates: async () => {
      one("#content search button[aria-haspopup=listbox]").click();
      await painted(() => document.querySelector("[role=listbox] [role=option]"));
      return null;
    },

    // A state in the opened list of them, until every row has it.
    chooseState: (state) => {
      const option = one(`[role=listbox] [data-key="${state}"]`);
      const text = option.textContent.trim();
      return pressed(option, () => areFiltered((row) => row.textContent.includes(text)));
    },

    // The view of what was not seen lately, until every row was seen before that day.
    openUnseen: () => {
      const view = one('#content nav a[href*="not_seen_since"]');
      const [day] = /\d{4}-\d\d-\d\d/.exec(view.href);
      const before = new Date(`${day}T00:00:00`);
      const seen = (row) => new Date(row.querySelector("time")?.dateTime);
      return pressed(view, () => areFiltered((row) => seen(row) < before));
    },

    // The view without filters, which the list begins with.
    openAll: async (path) => {
      one(`#content nav a[href="${path}"]`).click();
      await painted(() => location.search === "" && rows().length > 0);
      return null;
    },

    openPalette: async () => {
      const chord = { key: "k", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent("keydown", chord));
      await painted(() => document.activeElement?.matches("[role=dialog] input"));
      return null;
    },

    // What is typed into the palette, until it shows a record with that in it.
    awaitFound: (text) =>
      typed(one("[role=dialog] input"), text, () =>
        all('[role=dialog] [role=option][data-key^="found "]').some((option) =>
          fold(option.textContent).includes(fold(text)),
        ),
      ),

    closePalette: async () => {
      const key = { key: "Escape", code: "Escape", bubbles: true, cancelable: true };
      await painted(() => {
        const field = document.querySelector("[role=dialog] input");
        field?.dispatchEvent(new KeyboardEvent("keydown", key));
        field?.dispatchEvent(new KeyboardEvent("keyup", key));
        return !field;
      });
      return null;
    },

    awaited: () => awaited,

    // Begins to scroll the list at a steady pace, in every frame by what the time since the last one makes. No call is
    // open meanwhile: the driver cannot say what became of one whose page it lost.
    scroll: (seconds, pxPerSecond) => {
      const height = one("#content [role=row][data-index]").offsetHeight;
      if (!(height > 0)) throw new Error("the rows of the list have no height");
      const isScroller = (element) => element.scrollHeight > element.clientHeight;
      let scroller = one("#content [role=table]");
      while (scroller && !isScroller(scroller)) scroller = scroller.parentElement;
      if (!scroller) throw new Error("the list fits the window");
      scrolled = new Promise((resolve) => {
        const began = performance.now();
        let [last, frames, passed, most] = [began, 0, 0, 0];
        const go = () => {
          const now = performance.now();
          most = Math.max(most, rows().length);
          const from = scroller.scrollTop;
          scroller.scrollBy(0, (pxPerSecond * (now - last)) / 1000);
          passed += Math.abs(scroller.scrollTop - from) / height;
          frames += 1;
          last = now;
          if (now - began < seconds * 1000) requestAnimationFrame(go);
          else resolve({ frames, passed, most });
        };
        requestAnimationFrame(go);
      });
      return null;
    },

    scrolled: () => scrolled,
  };
})();
