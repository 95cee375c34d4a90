/** How many rows were answered in this tab, also before another page was looked at. */
export class Sitting {
  answered: number;
  private readonly storageName: string;

  constructor(name: string) {
    this.storageName = `labelwright:sitting:${name}`;
    this.answered = Number(sessionStorage.getItem(this.storageName) ?? 0);
  }

  count(change: 1 | -1): void {
    this.answered = Math.max(0, this.answered + change);
    sessionStorage.setItem(this.storageName, String(this.answered));
  }
}
