// Dragging on the board of a plan: a drop opens the page that moves the subject, with what the move would break.
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  let dragged = null;
  const cellOf = (event) => event.target.closest && event.target.closest("[data-cell]");
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  board.addEventListener("dragover", (event) => {
    const cell = cellOf(event);
    if (!dragged || !cell) return;
    event.preventDefault();
    board.querySelectorAll(".is-over").forEach((one) => one.classList.toggle("is-over", one === cell));
    cell.classList.add("is-over");
  });
  board.addEventListener("dragend", () => {
    dragged = null;
    board.querySelectorAll(".is-over").forEach((one) => one.classList.remove("is-over"));
  });
  board.addEventListener("drop", (event) => {
    const cell = cellOf(event);
    if (!dragged || !cell) return;
    event.preventDefault();
    const asked = new URLSearchParams({ lead: cell.dataset.lead, month: cell.dataset.month });
    window.location.assign(`${dragged.dataset.move}?${asked}`);
  });
})();
