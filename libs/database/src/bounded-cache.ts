interface Entry<Value> {
  until: number;
  value: Promise<Value>;
  /** Once it is read. */
  settled?: { value: Value };
}

/**
 * Remembers answers for a moment, at most so many of them; the oldest goes first. What is still being read is shared
 * by all who ask meanwhile, and a failure is not remembered.
 */
export class BoundedCache<Key, Value> {
  private readonly kept = new Map<Key, Entry<Value>>();

  constructor(
    private readonly most: number,
    private readonly milliseconds: number,
  ) {}

  /** The remembered answer, or what `read` gives; its age counts from the beginning of the reading. */
  get(key: Key, read: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const found = this.kept.get(key);
    if (found && found.until > now) return found.value;
    const entry: Entry<Value> = { until: now + this.milliseconds, value: read() };
    entry.value.then(
      (value) => (entry.settled = { value }),
      () => {
        if (this.kept.get(key) === entry) this.kept.delete(key);
      },
    );
    this.kept.delete(key);
    this.kept.set(key, entry);
    this.trim();
    return entry.value;
  }

  forget(key: Key): void {
    this.kept.delete(key);
  }

  /** Forgets the answers of which this is true, and those still being read, of which nobody can say yet. */
  forgetWhere(isOver: (value: Value) => boolean): void {
    for (const [key, { settled }] of this.kept) if (!settled || isOver(settled.value)) this.kept.delete(key);
  }

  private trim(): void {
    if (this.kept.size <= this.most) return;
    const oldest = this.kept.keys().next();
    if (!oldest.done) this.kept.delete(oldest.value);
  }
}
