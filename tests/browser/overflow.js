// What is wider than the window.
() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !each.closest(".table, .visually-hidden, .skip");
  });
  return { scroll: document.documentElement.scrollWidth, client: width,
           wide: wide.map((each) => each.tagName + "." + each.className).slice(0, 10) };
}
