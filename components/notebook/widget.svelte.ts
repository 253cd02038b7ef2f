/** The state of one widget on a page and what its buttons do; the session in the worker does the computing. */
import type { BackendName } from '#lab/backend-names';
import { type AnyExperiment, anchorOf, type Shown, type Summary } from '#lab/experiment';
import type { Ran } from '#lab/goal';
import type { Progress } from '#lab/loading';
import { type AnyValue, type AnyValues, defaults, type Schema } from '#lab/params';
import { readQuery, type WidgetState } from '#lab/permalink';
import type { RemoteSession } from '#lab/pool';
import { type Agreement, agreement } from '#lab/record';
import type { SessionEvent } from '#lab/session';
import { checkValue, differing, parseValue, RefusedValue } from '#lab/values';
import { linkTo, onAddress, writeAddress } from './address';
import { type Engine, loadEngine } from './engine';
import { type KeptRun, keptRun, MOST_KEPT } from './kept-runs';
import { announce, grantWishes } from './page-state';
import { restText } from './spoken';

export class Widget {
  values = $state.raw<AnyValues>({});
  step = $state(0);
  end = $state(0);
  status = $state<'static' | 'loading' | 'idle' | 'running' | 'done' | 'stopped'>('static');
  rate = $state<number | null>(null);
  notices = $state<string[]>([]);
  said = $state('');
  /** Files on their way to the worker. */
  loading = $state.raw<Progress | null>(null);
  backend = $state<BackendName | null>(null);
  wishedBackend = $state<BackendName | undefined>(undefined);
  kept = $state.raw<KeptRun[]>([]);
  showRecorded = $state(true);
  agreement = $state<Agreement | null>(null);
  summary = $state.raw<Summary | null>(null);

  frame: unknown = null;
  private fingerprint = '';
  private engine: Engine | null = null;
  private session: RemoteSession | null = null;
  private opening: Promise<void> | null = null;
  /** Paused by the page, because nobody could see it. */
  private outOfSight = false;
  /** A live parameter moved during this run: a link cannot tell when. */
  private mixed = false;

  constructor(
    readonly id: string,
    readonly schema: Schema,
    private readonly section: () => HTMLElement,
  ) {
    this.values = defaults(schema);
  }

  /** Null until the engine is there. */
  get experiment(): AnyExperiment | null {
    return this.engine?.experiment ?? null;
  }

  get anchor(): string {
    return anchorOf(this.id);
  }

  get defaults(): AnyValues {
    return defaults(this.schema);
  }

  /** Called once, when the page has the widget: reads the address, and listens to the prose. */
  start(): void {
    onAddress(this.anchor, (query) => void this.restore(query));
    const wanted = new URLSearchParams(location.search).get('backend');
    if (wanted) this.chooseBackend(wanted);
    announce(this.id, this.values);
    grantWishes(this.id, (change) => void this.set(change));
    this.section().dataset.ready = '';
  }

  /** `?backend=` or the menu. */
  chooseBackend(name: string): void {
    if (name === 'wasm' || name === 'webgpu' || name === 'cpu') {
      this.wishedBackend = name;
      if (this.session) void this.close().then(() => this.open());
    } else this.notices = [...this.notices, `backend: "${name}" is not one of webgpu, wasm, cpu.`];
  }

  /** The schema with the checks of its `json` parameters: they are code, which the page does not hand to a widget. */
  private async checkedSchema(): Promise<Schema> {
    const { findExperiment } = await import('#lab/registry');
    return (await findExperiment(this.id)).params as Schema;
  }

  private async restore(query: string): Promise<void> {
    const hasJson = Object.values(this.schema).some(({ kind }) => kind === 'json');
    const { values, step, refused } = readQuery(hasJson ? await this.checkedSchema() : this.schema, query);
    this.notices = refused;
    await this.bring({ values, step });
  }

  /** Starts anew with these parameters and goes to this step. */
  async bring({ values, step }: WidgetState): Promise<void> {
    this.values = values;
    announce(this.id, values);
    await this.close();
    await this.open(step);
  }

  /** Loads charts, worker and backend; the first call shows the initial state. */
  open(step = 0): Promise<void> {
    this.opening ??= this.connect(step);
    return this.opening;
  }

  private async connect(step: number): Promise<void> {
    this.status = 'loading';
    try {
      this.engine ??= await loadEngine(this.id, this.section());
      const hear = (event: SessionEvent) => this.hear(event);
      this.session = await this.engine.openSession(this.id, this.values, hear, this.wishedBackend);
      const shown = await this.session.open();
      // Not waited for: the reader may change their mind before it is there.
      if (shown && step > 0) void this.session.playTo(step);
    } catch (error) {
      this.status = 'stopped';
      this.notices = [`This widget could not start: ${(error as Error).message}`];
      this.opening = null;
    }
  }

  private async close(): Promise<void> {
    await this.opening;
    const old = this.session;
    this.session = null;
    this.opening = null;
    if (old) await (await import('#lab/pool')).closeSession(old);
  }

  private hear(event: SessionEvent): void | Promise<void> {
    if (event.type === 'notice') this.notices = [...this.notices, event.message];
    else if (event.type === 'loading') this.loading = event.progress;
    else if (event.type === 'status') {
      const ran = this.status === 'running';
      Object.assign(this, { status: event.status, rate: event.stepsPerSecond });
      if (event.status !== 'running') this.rest(ran);
    } else {
      const { step, end, summary, backend, frame, fingerprint } = event;
      Object.assign(this, { step, end, summary, backend, frame, fingerprint });
      this.compare();
      this.section().dispatchEvent(new CustomEvent<Ran>('ran', { bubbles: true, detail: { id: this.id, ...event } }));
      return this.draw();
    }
  }

  /** Nothing moves: the address and the descriptions of the charts take up where it stands; a run that was stopped has its notice. */
  private rest(ran: boolean): void {
    writeAddress(this.anchor, this.schema, this);
    const shown = this.engine?.host.describe() ?? '';
    if (ran) this.said = restText(this, shown);
  }

  /** The current run, then the kept ones, then the recorded one. */
  get runs(): Shown<unknown>[] {
    if (this.frame === null) return [];
    const recorded =
      this.showRecorded && this.engine?.recorded ? [{ label: 'recorded', frame: this.engine.recorded.frame }] : [];
    return [{ label: 'now', frame: this.frame }, ...this.kept, ...recorded];
  }

  async draw(): Promise<void> {
    await this.engine?.host.draw(this.runs);
  }

  private compare(): void {
    const recorded = this.engine?.recorded;
    const same =
      recorded &&
      !this.mixed &&
      this.step === recorded.steps &&
      differing(this.schema, this.values, recorded.params).length === 0;
    this.agreement = same ? agreement({ fingerprint: this.fingerprint, summary: this.summary ?? {} }, recorded) : null;
  }

  async play(): Promise<void> {
    this.notices = [];
    await this.open();
    this.said = 'Running.';
    await this.session?.play();
  }

  async pause(): Promise<void> {
    await this.session?.pause();
  }

  stopLoading = () => this.session?.stopLoading();

  async stepOnce(): Promise<void> {
    await this.open();
    await this.session?.stepBy(1);
  }

  async runTo(step: number): Promise<void> {
    this.notices = [];
    await this.open();
    if (step < this.step) await this.session?.reset();
    this.said = `Running to step ${step}.`;
    await this.session?.playTo(step);
  }

  async reset(): Promise<void> {
    this.notices = [];
    this.mixed = false;
    await this.open();
    await this.session?.reset();
    this.said = 'Reset to step 0.';
  }

  async setPace(stepsPerSecond: number): Promise<void> {
    await this.open();
    await this.session?.setPace(stepsPerSecond);
  }

  /** Takes a `json` parameter as text; what is refused leaves a message and changes nothing. */
  async read(name: string, text: string): Promise<void> {
    try {
      const param = (await this.checkedSchema())[name];
      if (param) await this.set({ [name]: parseValue(name, param, text) });
    } catch (error) {
      if (!(error instanceof RefusedValue)) throw error;
      this.notices = [error.message];
    }
  }

  /** Sets parameters; a value that is refused leaves a message and changes nothing. */
  async set(change: Readonly<Record<string, AnyValue>>): Promise<void> {
    try {
      for (const [name, value] of Object.entries(change)) {
        const param = this.schema[name];
        // What `read` hands over is checked already, and the check is not here.
        if (param && param.kind !== 'json') checkValue(param.label, param, value);
      }
    } catch (error) {
      if (!(error instanceof RefusedValue)) throw error;
      this.notices = [error.message];
      return;
    }
    this.notices = [];
    const next = { ...this.values, ...change };
    const changed = differing(this.schema, this.values, next);
    if (changed.length === 0) return;
    if (changed.every((name) => this.schema[name]?.live)) this.mixed ||= this.step > 0;
    else this.mixed = false;
    this.values = next;
    announce(this.id, next);
    await this.open();
    await this.session?.setParams(next);
    writeAddress(this.anchor, this.schema, this);
  }

  /** A drag on one entry of a series: the experiment may say what else changes. */
  gesture(name: string, index: number, value: number): void {
    const act = this.experiment?.act?.[name];
    const series = this.values[name] as readonly number[];
    void this.set(act ? (act(this.values, { index, value }) as AnyValues) : { [name]: series.with(index, value) });
  }

  /** Pins the current run under the ones to come. */
  keep(): void {
    if (this.frame === null || this.kept.length >= MOST_KEPT) return;
    this.kept = [...this.kept, keptRun(this.schema, this.values, this.frame, this.kept)];
    void this.draw();
  }

  get canKeep(): boolean {
    return this.step > 0 && this.kept.length < MOST_KEPT;
  }

  drop(index: number): void {
    this.kept = this.kept.filter((_, i) => i !== index);
    void this.draw();
  }

  /** The address of exactly this picture, and what it cannot hold. */
  get link(): { href: string; missing: string[] } {
    const { href, omitted } = linkTo(this.anchor, this.schema, this);
    const missing = omitted.map((label) => `${label} is not part of the link.`);
    if (this.mixed)
      missing.push('A parameter was changed in the middle of this run; the link starts with its last value.');
    return { href, missing };
  }

  weights = () => this.session?.weights() ?? Promise.resolve(null);

  /** Nobody looks: computing pauses. Somebody looks again: it goes on. */
  sight(visible: boolean): void {
    if (!visible && this.status === 'running') {
      this.outOfSight = true;
      void this.pause();
    } else if (visible && this.outOfSight) {
      Object.assign(this, { outOfSight: false, said: 'Running.' });
      void this.session?.resume();
    }
  }
}
