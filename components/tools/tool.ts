/** What the module of a page's tool offers. */
export interface Tool {
  /** Called with the button that was pressed, which gets the focus back when the tool is done. */
  open(button: HTMLButtonElement): void | Promise<void>;
}
