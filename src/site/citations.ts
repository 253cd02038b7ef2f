/** All that the dialog 'Cite' shows of one page, made at build and fetched when the dialog opens. */
import { type AnyExperiment, anchorOf } from '#lab/experiment';
import { type FormatName, inEveryFormat } from './formats';
import { type CitedPage, pageRecord, paperRecord, runRecord } from './records';
import { standIns, type Template, toTemplate } from './run-template';

export interface Citations {
  page: Record<FormatName, string>;
  paper: Record<FormatName, string>;
  /** By the anchor of the widget. */
  runs: Record<string, Record<FormatName, Template>>;
}

export function citationsOf(page: CitedPage, experiments: readonly AnyExperiment[]): Citations {
  const runs = experiments.map(({ id, title }) => {
    const { run, link, date } = standIns;
    const record = runRecord(page.slug, anchorOf(id), title, run, link, date);
    return [anchorOf(id), inEveryFormat((format) => toTemplate(format([record])))];
  });
  return {
    page: inEveryFormat((format) => format([pageRecord(page)])),
    paper: inEveryFormat((format) => format([paperRecord(page.slug)])),
    runs: Object.fromEntries(runs),
  };
}
