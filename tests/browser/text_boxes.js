// Where the texts of the page lie.
() => {
  const hidden = (node) => {
    for (let each = node.parentElement; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath !== "none" || style.visibility === "hidden" || each.matches("select, .skip")) return true;
    }
    return false;
  };
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || hidden(node)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // A line's box is as tall as its font, taller than its letters: only the middle of it holds ink for sure.
      const middle = box.top + box.height / 2, half = box.height * 0.2;
      if (box.width > 2) boxes.push({ left: box.left + 1, right: box.right - 1, top: middle - half, bottom: middle + half,
                                      text: node.data.trim().slice(0, 40) });
    }
  }
  return boxes;
}
