import { type Manifest, type Setting, type Texts, textOf } from './manifest.ts';
import { table } from './markedPart.ts';

/** Every setting with what the editor says of it, in its groups. */
export function settingsPage({ contributes }: Manifest, texts: Texts): string {
  return contributes.configuration
    .map(({ title, properties }) => {
      const settings = Object.entries(properties).map(([id, setting]) => aboutSetting(id, setting, texts));
      return [`## ${textOf(texts, title)}`, ...settings].join('\n\n');
    })
    .join('\n\n');
}

function aboutSetting(id: string, setting: Setting, texts: Texts): string {
  const { scope, minimum, maximum } = setting;
  const facts = [
    `Default: ${setting.default === '' ? 'empty' : `\`${JSON.stringify(setting.default)}\``}.`,
    ...(minimum !== undefined && maximum !== undefined ? [`From ${minimum} to ${maximum}.`] : []),
    scope === 'machine' ? 'It belongs to the machine: no folder or workspace can change it.' : 'A folder may set it, too.',
  ];
  const parts = [`### \`${id}\``, withLinks(textOf(texts, setting.markdownDescription)), facts.join(' ')];
  const choices = choicesOf(setting);
  if (choices?.enum !== undefined) {
    const meanings = (choices.enumDescriptions ?? []).map((text) => textOf(texts, text));
    parts.push(
      table(
        ['Value', 'Meaning'],
        choices.enum.map((value, place) => [`\`${value}\``, meanings[place] ?? '']),
      ),
    );
  }
  return parts.join('\n\n');
}

/** The setting, or what its members are, where they may have certain values alone. */
function choicesOf({
  properties = {},
  additionalProperties = false,
  ...setting
}: Setting): Pick<Setting, 'enum' | 'enumDescriptions'> | undefined {
  return [setting, ...Object.values(properties), ...(additionalProperties === false ? [] : [additionalProperties])].find(
    (one) => one.enum !== undefined,
  );
}

/** The editor links a setting as `#id#`. */
function withLinks(description: string): string {
  return description.replaceAll(/`#([\w.]+)#`/g, (_, id: string) => `[\`${id}\`](#${id.toLowerCase().replaceAll('.', '')})`);
}
