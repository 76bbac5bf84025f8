// Where the texts of the page lie, as far as they can be seen.
() => {
  const frames = (node) => {
    const found = [];
    for (let each = node.parentElement; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath !== "none" || style.visibility === "hidden" || each.matches("select, .skip")) return null;
      if (style.overflowY !== "visible" && each !== document.documentElement) found.push(each.getBoundingClientRect());
    }
    return found;
  };
  const boxes = [];
  let number = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    number += 1;
    const around = node.data.trim() ? frames(node) : null;
    if (!around) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // A line's box is as tall as its font, taller than its letters: only the middle of it holds ink for sure.
      const middle = box.top + box.height / 2;
      const half = box.height * 0.2;
      if (box.width <= 2 || around.some((each) => middle < each.top || middle > each.bottom)) continue;
      boxes.push({
        left: box.left + 1,
        right: box.right - 1,
        top: middle - half,
        bottom: middle + half,
        text: node.data.trim().slice(0, 40),
        node: number,
      });
    }
  }
  return boxes;
}
