"use strict";
// Live cards: follows the changes, fetches a card for each story that changed, and puts it in its place.
// Nothing else depends on it. The reader's scroll, focus and selection are left alone.
(() => {
  const list = document.getElementById("cards");
  const live = document.getElementById("live");
  const news = document.getElementById("news");
  const none = document.getElementById("none");
  if (!list || !live || !news || !window.EventSource) return;

  const MOST_CARDS = 96;
  const AT_ONCE = 3;
  const MOST_ROUNDS = 20;
  const PAUSE = 2000;
  const waiting = new Map(); // story id -> the newest version that is told of it, and how often it was tried
  let running = 0;

  const show = (state) => {
    live.dataset.state = state;
    live.textContent = live.dataset[state];
  };

  const [path, query = ""] = list.dataset.cards.split("?");
  const address = (id) => path + encodeURIComponent(id) + (query ? "?" + query : "");
  const cardOf = (id) => document.getElementById("card-" + id);

  const fragment = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html; // drawn and escaped by our own server; the page's policy lets no script in it run
    return holder.content.querySelector("li");
  };

  const announce = (kind, card) => {
    const title = card.querySelector("h2").textContent.trim();
    news.textContent = news.dataset[kind].replace("{title}", () => title);
  };

  // Whatever changes above the reader's eyes must not move what is before them.
  const steady = (change) => {
    const anchor = [...list.children].find((each) => each.getBoundingClientRect().bottom > 0);
    const before = anchor && window.scrollY > 0 ? anchor.getBoundingClientRect().top : null;
    change();
    if (before === null || !anchor.isConnected) return;
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) window.scrollBy({ top: moved, behavior: "instant" });
  };

  const replace = (old, card) => {
    const inside = old.contains(document.activeElement);
    old.replaceWith(card);
    if (inside) card.querySelector("a").focus({ preventScroll: true });
    return card;
  };

  const place = (id, html) => {
    const card = fragment(html);
    const old = cardOf(id);
    if (!card || (old && Number(old.dataset.version) >= Number(card.dataset.version))) return;
    if (!old && list.dataset.first !== "yes") return;
    card.classList.add("fresh");
    steady(() => {
      if (old) replace(old, card);
      else list.prepend(card);
    });
    none.hidden = true;
    announce(old ? "updated" : "created", card);
    const last = list.lastElementChild;
    if (list.children.length > MOST_CARDS && !last.contains(document.activeElement)) last.remove();
  };

  const remove = (id) => {
    const old = cardOf(id);
    if (!old) return;
    announce("gone", old);
    const inside = old.contains(document.activeElement);
    steady(() => old.remove());
    if (inside) document.getElementById("heading").focus({ preventScroll: true });
    none.hidden = list.children.length > 0;
  };

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const bring = async (id, version) => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await fetch(address(id), { credentials: "same-origin" });
      if (answer.status === 404) return remove(id);
      if (answer.ok) {
        const html = await answer.text();
        if (Number(fragment(html).dataset.version) >= version) return place(id, html);
      }
      await pause(200 * (attempt + 1)); // the server is busy, or told of the change before it could show it
    }
    throw new Error("the card does not come");
  };

  const again = async (id, version, round) => {
    if (round === MOST_ROUNDS) return;
    await pause(PAUSE);
    if (!waiting.has(id)) waiting.set(id, { version, round: round + 1 });
    work();
  };

  const work = async () => {
    if (running >= AT_ONCE || !waiting.size) return;
    const [id, { version, round }] = waiting.entries().next().value;
    waiting.delete(id);
    running += 1;
    try {
      await bring(id, version);
      if (source.readyState === EventSource.OPEN) show("on");
    } catch {
      show("broken");
      again(id, version, round);
    } finally {
      running -= 1;
      work();
    }
  };

  const source = new EventSource(list.dataset.stream);
  show("connecting");
  source.addEventListener("open", () => show("on"));
  source.addEventListener("error", () => show("broken"));
  source.addEventListener("reset", () => window.location.reload());
  source.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    waiting.set(change.story_id, { version: change.version, round: 0 });
    work();
  });
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
