// Looks again when the server says that something changed. Without it the list looks by itself every half minute.
(() => {
  const list = () => document.getElementById("case-list");
  if (list() && window.EventSource) {
    const stream = new EventSource(list().dataset.changes);
    stream.addEventListener("changed", () => window.htmx && window.htmx.trigger(list(), "changed"));
  }
})();
