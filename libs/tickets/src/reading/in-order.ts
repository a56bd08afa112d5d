/** Does the work of one key one at a time, in the order in which it came; other keys go on meanwhile. */
export class InOrder {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @throws what `work` threw; whoever comes after it is not touched by that */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(key, mine);
    const leave = () => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    void mine.then(leave, leave);
    return mine;
  }
}
