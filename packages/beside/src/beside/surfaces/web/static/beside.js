// Quicker, never possible: every action here is also a plain form.
// Replies as they are written, Enter, drafts, following, leaving quickly, the idle lock.

const $ = (name, root = document) => root.querySelector(name);
const body = document.body;
const status = $("#status");
const formKey = () => $("input[name=key]")?.value ?? "";
const post = (path, fields, more = {}) =>
  fetch(path, { method: "POST", body: new URLSearchParams({ ...fields, key: formKey() }), ...more });

// People first: F1 shows them. Leaving quickly: the page is empty before the answer is there.

const leaving = $("#leave");
function leave() {
  document.documentElement.hidden = true;
  document.title = "";
  post("/leave", {}, { keepalive: true, redirect: "manual" }).finally(() => location.replace("/away"));
}
leaving?.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});
const card = $(".reach");
let escaped = -Infinity;
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat) return;
  if (event.key === "F1" && card) {
    event.preventDefault();
    card.open = true;
    $("summary", card).focus();
  }
  if (event.key !== "Escape" || !leaving) return;
  if (event.timeStamp - escaped < 1000) leave();
  escaped = event.timeStamp;
  if (card.open) card.open = false;
});

// Following the newest words, until the reader scrolls up.

const dock = $(".dock");
const down = $(".down");
let following = true;
const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 90;
function follow() {
  if (!following) return;
  let top = document.documentElement.scrollHeight - innerHeight;
  if ($(".near")) top = Math.min(top, $(".turn:last-child").getBoundingClientRect().top + scrollY - 70);
  scrollTo({ top, behavior: "instant" });
}
if (dock) {
  const noticed = () => {
    following = atEnd();
    if (down) down.hidden = following;
  };
  addEventListener("scroll", noticed, { passive: true });
  down?.addEventListener("click", (event) => {
    event.preventDefault();
    following = true;
    follow();
  });
}

// A reply as it is written: the blocks that have not changed stay, so that a selection stays.

const parsed = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};
function renew(element, html) {
  const fresh = [...parsed(html).childNodes];
  const old = [...element.childNodes];
  let same = 0;
  while (same < old.length && same < fresh.length && old[same].isEqualNode(fresh[same])) same++;
  old.slice(same).forEach((node) => node.remove());
  element.append(...fresh.slice(same));
}
let stream = null;
function listen() {
  stream?.close();
  const turn = $(".turn[data-words]");
  if (!turn) return;
  status.textContent = status.dataset.answering;
  let lost = 0;
  stream = new EventSource(turn.dataset.words);
  stream.addEventListener("words", (event) => {
    lost = 0;
    renew($(".words", turn), JSON.parse(event.data).html);
    follow();
  });
  stream.addEventListener("end", (event) => {
    stream.close();
    const { html, spoken } = JSON.parse(event.data);
    turn.replaceWith(parsed(html).firstElementChild);
    $("#stop")?.remove();
    status.textContent = spoken;
    follow();
  });
  stream.addEventListener("locked", () => {
    stream.close();
    watch();
  });
  stream.addEventListener("gone", () => location.reload());
  stream.addEventListener("error", () => {
    if (++lost < 5) return;
    stream.close();
    status.textContent = status.dataset.lost;
  });
}

// Saying something: the page that answers is taken apart, and the box keeps the focus.
// Words leave the box once they are taken; until then they are in it, or on the page that answers.

const say = $("#say");
const box = $("#words");
const turns = $("#turns");
async function send() {
  const fields = new FormData(say);
  const sent = box.value;
  try {
    const answer = await fetch(say.action, { method: "POST", body: new URLSearchParams(fields) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if ($("#turns", page)) take(page, sent);
    else refused(page, answer.status);
  } catch {
    tell(status.dataset.lost);
  }
}
function tell(sentence) {
  $("#notice").textContent = sentence;
  status.textContent = sentence;
}
function refused(page, code) {
  // Locked, or unlocked anew: nothing was done, and the answer to the plain form holds the words.
  if (code === 403 && $("[name=held], [name=words]", page)) return say.submit();
  tell(["h1", ".lead"].map((part) => $(`main ${part}`, page)?.textContent).filter(Boolean).join(" ") || status.dataset.lost);
  keep.now();
}
function take(page, sent) {
  for (const part of ["#turns", "#near", "#notice"]) $(part).replaceChildren(...$(part, page).childNodes);
  $("#stop")?.remove();
  const stop = $("#stop", page);
  if (stop) say.after(stop);
  const back = $("#words", page).value;
  if (box.value === sent) box.value = back;
  else if (!back && box.value.startsWith(sent)) box.value = box.value.slice(sent.length).trimStart();
  following = true;
  listen();
  follow();
}
if (box && say) {
  box.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    if (box.value.trim()) say.requestSubmit();
  });
  say.addEventListener("submit", (event) => {
    keep.cancel();
    if (!turns) return;
    event.preventDefault();
    send();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "stop") return;
    event.preventDefault();
    post(event.target.action, { turn: event.target.elements.turn.value }, { redirect: "manual" });
    box.focus();
  });
}

// A draft is kept by the server, sealed: never in the browser's own storage, which is on the disk.

const keep = {
  timer: 0,
  words: box?.value,
  cancel() { clearTimeout(this.timer); this.words = undefined; },
  now() {
    clearTimeout(this.timer);
    if (box.value === this.words) return;
    this.words = box.value;
    post(say.dataset.draft, { conversation: say.dataset.where, words: box.value }, { keepalive: box.value.length < 9000 }).catch(() => {});
  },
};
if (box && say) {
  box.addEventListener("input", () => {
    clearTimeout(keep.timer);
    keep.timer = setTimeout(() => keep.now(), 700);
  });
  addEventListener("pagehide", () => keep.words !== undefined && keep.now());
}

// The idle lock: when the time is up the page goes away, too.

async function watch() {
  try {
    const { seconds } = await (await fetch("/awake")).json();
    if (seconds === 0) return location.replace("/");
    setTimeout(watch, Math.min(seconds + 6, 3600) * 1000);
  } catch {
    setTimeout(watch, 30000);
  }
}
if (body.dataset.unlocked === "yes") {
  setTimeout(watch, (Number(body.dataset.idle) + 6) * 1000);
  document.addEventListener("visibilitychange", () => document.hidden || watch());
}

// Small things.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
if (body.dataset.unlocked === "yes" && !body.dataset.room) navigator.serviceWorker?.register("/worker.js").catch(() => {});
listen();
if (turns && dock && (location.hash === "#newest" || $(".turn[data-words]"))) follow();
