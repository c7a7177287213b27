// Shows how much of the archive has come. A large archive goes to the browser's own download, which needs no memory for it.
const BytesMax = 200 * 1024 * 1024;

for (const form of document.querySelectorAll("form[data-export]")) {
  const button = form.querySelector("button");
  const state = form.querySelector("[data-export-state]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const stop = new AbortController();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: stop.signal });
      if (!answer.headers.get("content-type")?.startsWith("application/zip")) {
        // A page that says why there is no archive.
        if (answer.redirected) location.assign(answer.url);
        else form.submit();
        return;
      }
      const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))?.[1] ?? "archive.zip";
      const tell = (bytes) => { state.textContent = form.dataset.progress.replace("{0}", sizeOf(bytes)); };
      const chunks = await read(answer.body.getReader(), tell);
      if (!chunks) {
        stop.abort();
        setTimeout(() => form.submit(), 1000); // the portal hands one archive at a time to a session
        return;
      }
      save(new Blob(chunks, { type: "application/zip" }), name);
      state.textContent = form.dataset.done.replace("{0}", sizeOf(chunks.reduce((sum, chunk) => sum + chunk.length, 0)));
    } catch {
      state.textContent = form.dataset.broken;
    } finally {
      button.disabled = false;
    }
  });
}

async function read(reader, tell) {
  const chunks = [];
  for (let bytes = 0, told = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
    bytes += value.length;
    if (bytes > BytesMax) return null;
    // Every piece would be too much to read out.
    if (Date.now() - told > 1000) { told = Date.now(); tell(bytes); }
  }
}

function sizeOf(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
