// Keep a whole form while it is being filled in: <form data-keep-url="…">. A moment after the last change it is sent; the
// page says so only when the server has it safe. The page's own button saves as well, so nothing depends on this.
const WAIT = 1200;

function watch(form) {
  const status = document.getElementById("kept");
  const seen = form.elements.seen_version;
  const written = () => new URLSearchParams(new FormData(form)).toString().replace(/&?(seen_version|csrfmiddlewaretoken|form_id)=[^&]*/g, "");
  let saved = written();
  let timer = 0;
  let busy = false;

  const say = (text, soon) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("soon", soon);
  };

  async function keep() {
    const now = written();
    if (busy || now === saved) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.keepUrl, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "keep" },
        body: new URLSearchParams(new FormData(form)),
      });
      const text = await answer.text();
      if (answer.ok) {
        saved = now;
        if (seen) seen.value = answer.headers.get("X-Draft-Version") || seen.value;
      }
      say(answer.ok ? text : answer.headers.get("Content-Type")?.startsWith("text/plain") ? text : status?.dataset.offline, !answer.ok);
    } catch {
      say(status?.dataset.offline, true);
    }
    busy = false;
    if (written() !== now) later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  addEventListener("online", keep);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = written();
  });
  addEventListener("beforeunload", (event) => {
    if (written() !== saved) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-keep-url]")) watch(form);
