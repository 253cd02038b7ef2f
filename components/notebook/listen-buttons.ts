/** A button beside the numbers of every chart that is made of lines; what plays them comes when it is pressed. */
for (const figure of document.querySelectorAll<HTMLElement>('figure[data-curves]')) {
  const bar = document.createElement('div');
  bar.className = 'listen';
  const state = document.createElement('span');
  state.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.className = 'button';
  button.textContent = 'Listen';
  button.setAttribute('aria-description', figure.querySelector('h4')?.textContent ?? '');
  button.addEventListener('click', async () => {
    const { listen } = await import('./listen');
    await listen(button, figure, (text) => {
      state.textContent = text;
    });
  });
  bar.append(state, button);
  figure.querySelector('details')?.before(bar);
}
