// Send a chosen file at once and show how much has arrived: <input type=file data-upload-url="…" data-upload-field="name">.
// The answer's X-Upload-Id goes into the hidden input of that name, and the form is then small. Where this fails, the
// file stays chosen and the ordinary form sends it.
function watch(input) {
  const { uploadUrl: url, uploadField: field } = input.dataset;
  const hidden = input.form?.elements[field];
  const bar = document.querySelector(`[data-upload-progress="${input.id}"]`);
  const status = document.querySelector(`[data-upload-status="${input.id}"]`);
  const token = input.form?.elements.csrfmiddlewaretoken;
  if (!hidden || !token) return;
  let request = null;

  const say = (text, file, percent) => {
    if (status && text) status.textContent = text.replace("{name}", file.name).replace("{percent}", percent);
  };

  function failed(file) {
    request = null;
    hidden.value = "";
    if (bar) bar.hidden = true;
    say(status?.dataset.failed, file, 0);
    status?.classList.add("soon");
  }

  function arrived(file) {
    const id = request.getResponseHeader("X-Upload-Id");
    if (request.status >= 300 || request.status < 200 || !id) return failed(file);
    request = null;
    hidden.value = id;
    input.disabled = true; // The bytes are there already: the form must not send them again.
    if (bar) bar.value = 100;
    say(status?.dataset.done, file, 100);
  }

  input.addEventListener("change", () => {
    request?.abort();
    hidden.value = "";
    status?.classList.remove("soon");
    const [file] = input.files;
    if (!file || input.files.length > 1) return;
    request = new XMLHttpRequest();
    request.open("PUT", url);
    request.setRequestHeader("X-CSRFToken", token.value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.addEventListener("progress", (event) => {
      const percent = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
      if (bar) bar.value = percent;
      say(status?.dataset.sending, file, percent);
    });
    request.addEventListener("load", () => arrived(file));
    request.addEventListener("error", () => failed(file));
    if (bar) bar.hidden = false;
    request.send(file);
  });
  addEventListener("pageshow", () => { if (!hidden.value) input.disabled = false; });
}

for (const input of document.querySelectorAll("input[type=file][data-upload-url]")) watch(input);
