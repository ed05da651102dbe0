import Handlebars from 'handlebars';

type Source = readonly unknown[] | string;
/** The compiler's own methods that are used here; Handlebars documents them for subclassing but does not type them. */
type Compiler = {
  compiler: unknown;
  popStack(): unknown;
  appendToBuffer(source: Source): unknown;
  pushSource(source: unknown): void;
  appendEscaped(): void;
};
type CompilerClass = { new (): Compiler; readonly prototype: Compiler };
type Environment = typeof Handlebars & { JavaScriptCompiler: CompilerClass };

/** An environment for plain text: a value is written as it is, so that the text part shows `Maler & Sohn`. */
export function plainTextEnvironment(): typeof Handlebars {
  const environment = Handlebars.create() as Environment;
  const Standard = environment.JavaScriptCompiler;
  class PlainTextCompiler extends Standard {
    override appendEscaped(): void {
      this.pushSource(this.appendToBuffer(['("" + (', this.popStack(), ' ?? ""))']));
    }
  }
  PlainTextCompiler.prototype.compiler = PlainTextCompiler;
  environment.JavaScriptCompiler = PlainTextCompiler;
  return environment;
}
