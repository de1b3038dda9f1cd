// Save what is being written, a moment after the last key: <textarea data-draft-url="…">.
// The page's own button saves as well, so nothing depends on this.
const WAIT = 1500;

function watch(area) {
  const status = document.querySelector(`[data-draft-status="${area.id}"]`);
  let timer = 0;
  let saved = area.value;
  let busy = false;

  const say = (text, tone) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("soon", tone === "soon");
  };

  async function save() {
    if (busy || area.value === saved) return;
    busy = true;
    const text = area.value;
    try {
      const answer = await fetch(area.dataset.draftUrl, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        headers: { "X-CSRFToken": area.form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "draft" },
        body: new URLSearchParams({ field: area.name, text, base: area.dataset.draftBase || "" }),
      });
      if (answer.ok) {
        saved = text;
        area.dataset.draftBase = answer.headers.get("X-Draft-Version") || area.dataset.draftBase || "";
        const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short", hourCycle: "h23" });
        say(status?.dataset.saved.replace("{time}", time));
      } else {
        say(status?.dataset.refused, "soon");
      }
    } catch {
      say(status?.dataset.offline, "soon");
    }
    busy = false;
    if (area.value !== text) later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  }

  area.addEventListener("input", later);
  area.addEventListener("blur", save);
  addEventListener("online", save);
  area.form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = area.value;
  });
  addEventListener("beforeunload", (event) => {
    if (area.value !== saved) event.preventDefault();
  });
}

for (const area of document.querySelectorAll("textarea[data-draft-url]")) if (area.form) watch(area);
