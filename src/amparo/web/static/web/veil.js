// Lift a veil in its place: <form data-veil="id" method=post> asks the server, which records it, and then the picture
// that was never loaded (data-src) is loaded. Without this the form opens the picture on a page of its own.
async function lift(form) {
  const veil = document.getElementById(form.dataset.veil);
  const answer = await fetch(form.action, {
    method: "POST",
    credentials: "same-origin",
    body: new FormData(form),
    headers: { "X-Requested-With": "veil" },
  });
  if (!veil || !answer.ok) return form.submit();
  const picture = veil.matches("[data-src]") ? veil : veil.querySelector("[data-src]");
  if (picture) picture.src = picture.dataset.src;
  veil.classList.add("lifted");
  form.hidden = true;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-veil]")) return;
  event.preventDefault();
  lift(event.target).catch(() => event.target.submit());
});

// Nobody should come back to an open picture: it is veiled again when the page is left, or by Escape.
function lower() {
  for (const veil of document.querySelectorAll(".veil.lifted")) veil.classList.remove("lifted");
  for (const form of document.querySelectorAll("form[data-veil][hidden]")) form.hidden = false;
}
document.addEventListener("visibilitychange", () => { if (document.hidden) lower(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") lower(); });
