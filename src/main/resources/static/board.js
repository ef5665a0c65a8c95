// Looks again when the server says that something changed. Without it the list looks by itself every half minute.
(() => {
  const list = () => document.getElementById("case-list");
  if (!list() || !window.EventSource) {
    return;
  }
  let newest = 0;
  // what changes while the list is being fetched is looked at right after
  const look = () => {
    if (window.htmx && Number(list().dataset.mark) < newest) {
      window.htmx.trigger(list(), "changed");
    }
  };
  new EventSource(list().dataset.changes).addEventListener("changed", (event) => {
    newest = Number(event.data);
    look();
  });
  document.addEventListener("htmx:afterSettle", look);
})();
