/** The control API says no: HTTP status and one sentence for the person or test that asked. */
export class ControlRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
