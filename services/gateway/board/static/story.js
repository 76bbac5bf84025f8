"use strict";
// A story's page stays as it was opened; when the story changes, a line says so and leads to what is new.
(() => {
  const newer = document.getElementById("newer");
  const words = document.getElementById("newer-words");
  if (!newer || !words || !window.EventSource) return;
  const source = new EventSource(newer.dataset.stream);
  source.addEventListener("change", (event) => {
    if (JSON.parse(event.data).version <= Number(newer.dataset.version) || !newer.hidden) return;
    newer.hidden = false;
    newer.append(words.content.cloneNode(true));
    source.close();
  });
  window.addEventListener("pagehide", () => source.close());
})();
