/**
 * The page's own words for a scroll by three rows per frame, as a wheel does, with a jump now and then as the bar does.
 *
 * @param scroller a CSS selector
 */
export function scrolling(scroller: string, ms: number): string {
  return `new Promise((done) => {
    const scroller = document.querySelector('${scroller}');
    const until = performance.now() + ${String(ms)};
    let frame = 0;
    const step = (now) => {
      frame += 1;
      if (frame % 60 === 0) scroller.scrollTop = (scroller.scrollTop + scroller.scrollHeight / 5) % scroller.scrollHeight;
      else scroller.scrollTop += 100;
      if (now < until) requestAnimationFrame(step); else done();
    };
    requestAnimationFrame(step);
  })`;
}
