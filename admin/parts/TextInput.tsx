import { TextField, type TextFieldProps } from '@mui/material';

type TextInputProps<Fields> = Omit<TextFieldProps, 'onChange' | 'name'> & {
  readonly fields: Fields; readonly onFields: (fields: Fields) => void; readonly name: keyof Fields & string;
  readonly errors?: Readonly<Record<string, string>>; readonly hint?: string;
};

/** A text field of a form: its value by name, what the API said of it below. */
export function TextInput<Fields>({ fields, onFields, name, errors, hint, ...rest }: TextInputProps<Fields>) {
  const problem = errors?.[name];
  return (
    <TextField name={name} value={fields[name] ?? ''} error={Boolean(problem)} helperText={problem ?? hint ?? ''}
      onChange={(event) => onFields({ ...fields, [name]: event.target.value })} {...rest} />
  );
}
