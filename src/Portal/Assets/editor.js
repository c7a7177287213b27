// Checks a draft as one types. The form is sent as its buttons send it, and the parts of the page that is answered take the place of the
// old ones. An answer read as a document runs no script, and the content security policy holds. Everything typed is kept in the session
// storage of the tab, so neither a lost connection nor a reload loses it: a draft holds nothing personal and no secret.
const TypingPause = 400;
const RetryPause = 3000;

const form = document.querySelector("[data-editor]");
const key = `editor:${location.pathname}`;
const state = form.querySelector("[data-editor-state]");
const discard = form.querySelector("[data-editor-discard]");
const isNew = { form: false, json: false }; // what was changed of the two sides and is not taken yet
let version = 0;
let timer = 0;
let isBusy = false;
let isGone = false;
let isOver = false;
let waiting = null;

function part(name, page = document) {
  return page.querySelector(`[data-part="${CSS.escape(name)}"]`);
}

function fields() {
  return [...new FormData(form)].filter(([name]) => !name.startsWith("_"));
}

function side() {
  return isNew.json === isNew.form ? "" : isNew.json ? "json" : "form";
}

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify({ fields: fields(), side: side() }));
  } catch { /* the storage is full or off; the page itself still holds everything */ }
}

function changed(event) {
  if (event.target.id === "json") isNew.json = true;
  else if (part("form").contains(event.target)) isNew.form = true;
  version++;
  form.dataset.pending = "";
  keep();
  soon(TypingPause);
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => send("check"), pause);
}

function send(action, sent = fields(), sentSide = side()) {
  if (isBusy) { waiting = action; return; }
  if (isOver) return;
  clearTimeout(timer);
  isBusy = true;
  form.dataset.pending = "";
  const body = new URLSearchParams(sent);
  for (const [name, value] of new FormData(form)) if (name.startsWith("_")) body.append(name, value);
  body.set("act", action);
  body.set("side", sentSide);
  const sentVersion = version;
  const request = new XMLHttpRequest();
  request.open("POST", location.pathname);
  request.responseType = "document";
  request.addEventListener("load", () => answered(request, action, sentSide, sentVersion));
  request.addEventListener("error", lost);
  request.send(body);
}

function answered(request, action, sentSide, sentVersion) {
  isBusy = false;
  if (request.status === 401) { over(); return; }
  if (request.status === 413) { tell(form.dataset.full, true); return; }
  if (request.status !== 200 || !request.response) { lost(); return; }
  if (new URL(request.responseURL).search) {
    const bench = fields().filter(([name]) => name.startsWith("bench"));
    sessionStorage.setItem(key, JSON.stringify({ bench }));
    location.assign(request.responseURL);
    return;
  }
  if (isGone) tell(form.dataset.back, false);
  isGone = false;
  show(request.response, action, sentSide, sentVersion === version);
  if (waiting) { const next = waiting; waiting = null; send(next); }
  else if (sentVersion !== version) soon(TypingPause);
  else delete form.dataset.pending;
}

function lost() {
  isBusy = false;
  waiting = null;
  isGone = true;
  tell(form.dataset.gone, true);
  soon(RetryPause);
}

function over() {
  isOver = true;
  tell("", true);
  const link = document.createElement("a");
  link.href = `${form.dataset.signIn}?returnTo=${encodeURIComponent(location.pathname)}`;
  link.textContent = form.dataset.over;
  state.append(link);
}

function tell(text, isWarning) {
  state.textContent = text;
  state.classList.toggle("warn", isWarning);
  state.hidden = false;
}

// What was typed after the draft was sent stays; it is sent next.
function show(page, action, sentSide, isCurrent) {
  const answer = page.querySelector("[data-editor]");
  if (!answer) { lost(); return; }
  showRefusal(page);
  for (const name of ["problems", "differences", "bench"]) replace(part(name), part(name, page));
  if (!isCurrent) { showFaults(answer); return; }
  for (const name of ["rendered", "shown", "stored"]) form.elements[name].value = answer.elements[name].value;
  const isTaken = answer.dataset.taken === "true";
  if (isTaken) isNew.form = isNew.json = false;
  const json = form.elements.json;
  if (isTaken && json.value !== answer.elements.json.value) {
    json.value = answer.elements.json.value;
    if (sentSide === "json" || action === "json") json.scrollTo(0, 0);
  }
  const isButton = action !== "check";
  for (const name of ["form", "bench-lines"]) {
    if (isButton || sentSide === "json" || shape(part(name)) !== shape(part(name, page))) swap(part(name), part(name, page), isButton);
  }
  showFaults(answer);
  for (const view of answer.querySelectorAll("[data-part^='rule-']")) replace(part(view.dataset.part), view);
  keep();
}

function showRefusal(page) {
  document.querySelector("main [role=alert]")?.remove();
  const refusal = page.querySelector("main [role=alert]");
  if (!refusal) return;
  form.before(document.importNode(refusal, true));
  form.previousElementSibling.focus();
}

function replace(old, fresh) {
  if (old && fresh && old.textContent !== fresh.textContent) old.replaceWith(document.importNode(fresh, true));
}

// The names of fields and their choices: while they stay, what one types in stays too.
function shape(where) {
  return [...where.querySelectorAll("[name]")].map((field) => {
    if (field.tagName === "SELECT") return field.name + [...field.options].map((option) => option.value);
    return field.name + (field.type === "hidden" || field.type === "submit" ? field.value : "");
  }).join("\n");
}

function swap(old, fresh, isButton) {
  const focused = document.activeElement;
  const isInside = old.contains(focused);
  const hasRange = isInside && typeof focused.selectionStart === "number";
  const range = hasRange ? [focused.selectionStart, focused.selectionEnd] : null;
  const copy = document.importNode(fresh, true);
  const first = copy.querySelector("[autofocus]");
  first?.removeAttribute("autofocus");
  old.replaceWith(copy);
  const next = (isButton && first) || (isInside && document.getElementById(focused.id)) || null;
  if (next) next.focus();
  else if (isInside) { copy.tabIndex = -1; copy.focus({ preventScroll: true }); }
  if (next && range && next.setSelectionRange && next.id === focused.id) next.setSelectionRange(...range);
}

function showFaults(answer) {
  for (const fresh of answer.querySelectorAll("[id$='-hint']")) {
    const old = document.getElementById(fresh.id);
    if (!old || old.textContent === fresh.textContent) continue;
    old.replaceWith(document.importNode(fresh, true));
    document.getElementById(fresh.id).closest(".field")?.classList.toggle("faulty", fresh.querySelector(".fault") !== null);
  }
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (!kept) return;
  const bench = kept.bench ?? [];
  if (!kept.fields) {
    if (bench.length > 0) send("bench", [...fields(), ...bench], "");
    return;
  }
  if (JSON.stringify(kept.fields) === JSON.stringify(fields())) return;
  tell(form.dataset.restored, false);
  discard.hidden = false;
  form.elements.json.value = kept.fields.find(([name]) => name === "json")?.[1] ?? "";
  send("restore", kept.fields, kept.side || "form");
}

form.addEventListener("input", changed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
  send(event.submitter?.value || "check");
});
discard.querySelector("button").addEventListener("click", () => {
  sessionStorage.removeItem(key);
  location.replace(location.pathname);
});
addEventListener("online", () => { if (isGone) soon(0); });
restore();
