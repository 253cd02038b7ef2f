// Of a page that holds one widget, before its first paint: that scripts run, the theme, and the height, which the page
// around the frame can follow with `parent.js`.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const asked = new URLSearchParams(location.search).get('theme');
  const own = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.theme = asked === 'light' || asked === 'dark' ? asked : own;
  const report = () => {
    const height = Math.ceil(root.getBoundingClientRect().height);
    parent.postMessage({ perceptronPapers: { height } }, '*');
  };
  new ResizeObserver(report).observe(root);
  // A page whose script came later than the first report asks for it.
  addEventListener('message', ({ data }) => {
    if (data === 'perceptron-papers: height?') report();
  });
})();
