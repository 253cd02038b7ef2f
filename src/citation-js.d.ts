/** The little of citation-js that this project calls; the packages ship no types. */
declare module '@citation-js/core' {
  export class Cite {
    constructor(data: unknown);
    data: unknown[];
    format(kind: 'ris', options: { format: 'object' }): Record<string, string | string[]>[];
    format(kind: string, options?: Record<string, unknown>): string;
  }
  export const plugins: {
    config: {
      get(plugin: '@csl'): { templates: { add(name: string, style: string): void } };
      get(plugin: '@bibtex'): { format: { useIdAsLabel: boolean; checkLabel: boolean } };
    };
  };
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-csl';
declare module '@citation-js/plugin-ris';
