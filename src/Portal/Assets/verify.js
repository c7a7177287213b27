// Checks chosen files with the verifier, which runs in a worker of this browser. No file and no report is sent anywhere.
const form = document.querySelector("form[data-verify]");
const section = document.querySelector("[data-verify-report]");
const state = form.querySelector("[data-verify-state]");
const submit = form.querySelector("button[type=submit]");
const stop = form.querySelector("[data-stop]");
const texts = form.dataset;
const fileNames = ["held", "consistency", "earlier", "receipt-keys"];
const without = document.querySelector("[data-verify-without]");
let worker;
let checked;
let saved;

// The only address that may become a script, and only as a worker.
const policy = globalThis.trustedTypes?.createPolicy("verifier", {
  createScriptURL: (address) => {
    if (address !== texts.worker) throw new TypeError("This is not the verifier.");
    return address;
  },
});

if (typeof WebAssembly === "object" && typeof Worker === "function") {
  without.hidden = true;
  form.hidden = false;
  start();
}

function start() {
  state.textContent = texts.loading;
  worker = new Worker(policy ? policy.createScriptURL(texts.worker) : texts.worker, { type: "module" });
  // Only loading can fail in this way: what fails in a check is told as a fault.
  worker.onerror = () => {
    state.textContent = texts.broken;
    without.hidden = false;
  };
  worker.onmessage = ({ data }) => {
    if (data.ready) end(texts.ready);
    else if (data.bytesRead) state.textContent = texts.running.replace("{0}", (data.bytesRead / 1e6).toFixed(1));
    else if (data.report) show(data.report);
    else if (data.fault) restart(texts.broken);
  };
}

function end(text) {
  state.textContent = text;
  submit.disabled = false;
  stop.hidden = true;
}

// What has stopped or failed may hold half a check.
function restart(text) {
  worker.terminate();
  start();
  state.textContent = text;
  stop.hidden = true;
}

stop.addEventListener("click", () => restart(texts.stopped));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = chosen("file");
  if (!file) return tellFault(texts.noFile);
  const files = { file };
  for (const name of fileNames) if (chosen(name)) files[name] = chosen(name);
  if (Object.values(files).some((one) => one.size > Number(texts.bytesMax))) return tellFault(texts.tooLarge);
  checked = `${file.name} (${file.size} B)`; // another one may be chosen before the report is there
  section.hidden = true;
  submit.disabled = true;
  stop.hidden = false;
  state.textContent = texts.running.replace("{0}", "0");
  files["receipt-keys"] ??= new Blob([texts.receiptKeys]);
  const keys = lines(await (chosen("keys")?.text() ?? texts.keys));
  const references = lines(form.querySelector("#references").value);
  worker.postMessage({ files, keys, references, language: document.documentElement.lang });
});

function chosen(id) {
  return form.querySelector(`#${id}`).files[0];
}

function lines(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line);
}

function tellFault(text) {
  state.textContent = text;
  form.querySelector("#file").focus();
}

// What a file says is text, whatever it looks like.
function show(report) {
  const verdict = section.querySelector("[data-verdict]");
  verdict.className = `notice ${{ accepted: "good", refused: "error" }[report.verdict] ?? "warn"}`;
  verdict.querySelector("h3").textContent = verdict.dataset[report.verdict];
  verdict.querySelector("p").textContent = report.conclusion;
  const table = section.querySelector("table");
  table.querySelector("[data-file]").textContent = checked;
  table.tBodies[0].replaceChildren(...report.findings.map((finding) => row(finding, table.dataset)));
  table.hidden = report.findings.length === 0;
  saved = `${checked}\n${new Date().toISOString()}\nSHA256SUMS ${texts.build}\n\n${report.text}\n`;
  end("");
  section.hidden = false;
  section.querySelector("#report").focus();
}

function row(finding, words) {
  const cells = document.createElement("tr");
  const result = document.createElement("span");
  result.className = `tag ${{ pass: "good", fail: "bad" }[finding.verdict] ?? ""}`;
  result.textContent = words[finding.verdict];
  const code = document.createElement("code");
  code.textContent = finding.code;
  for (const content of [result, finding.message, code]) cells.insertCell().append(content);
  return cells;
}

section.querySelector("[data-save]").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([saved], { type: "text/plain" }));
  link.download = "report.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
