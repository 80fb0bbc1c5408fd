/** Where letters are written on Letter; the rest of the world has A4 (CLDR, paperSize). */
const LETTER = /^(?:BZ|CA|CL|CO|CR|GT|MX|NI|PA|PH|PR|SV|US|VE)$/;

/** The paper that lies in the printers of a locale's region. Systems name locales as they like: `en-US@posix`, `C`. */
export function paperSize(locale: string): 'A4' | 'Letter' {
  try {
    const region = new Intl.Locale((locale.split(/[@.]/)[0] ?? '').replace('_', '-')).maximize().region ?? '';
    return LETTER.test(region) ? 'Letter' : 'A4';
  } catch {
    return 'A4';
  }
}
