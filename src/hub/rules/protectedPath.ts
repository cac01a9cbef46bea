// Files that say what programs and agents run. Together with a rule for a command, permission to write one of them would be permission to
// run anything.

const folders = new Set(['node_modules', '__pycache__', 'venv', 'hooks.d', 'site-packages']);

/** Names of files and folders, in small letters. What begins with a dot is never left to a rule and isn't listed. */
const names = new Set(
  [
    'agents.md agent.md claude.md claude.local.md gemini.md qwen.md warp.md codex.md copilot-instructions.md mcp.json opencode.json opencode.jsonc skill.md',
    'package.json makefile gnumakefile justfile rakefile gemfile dockerfile containerfile vagrantfile jenkinsfile procfile tiltfile brewfile',
    'taskfile.yml taskfile.yaml lefthook.yml lefthook.yaml mise.toml turbo.json nx.json lerna.json deno.json deno.jsonc bunfig.toml pnpmfile.cjs',
    'compose.yml compose.yaml docker-compose.yml docker-compose.yaml composer.json conftest.py setup.py setup.cfg pyproject.toml tox.ini',
    'noxfile.py pytest.ini sitecustomize.py usercustomize.py build.rs cmakelists.txt meson.build build.gradle build.gradle.kts settings.gradle',
    'settings.gradle.kts gradle.properties gradlew gradlew.bat mvnw mvnw.cmd pom.xml build.xml build.zig build.sbt mix.exs global.json nuget.config',
    'directory.build.props directory.build.targets gruntfile.js gulpfile.js cargo.toml go.mod go.work',
  ].flatMap((line) => line.split(' ')),
);

const endings = /\.(?:code-workspace|mk|mak|csproj|fsproj|vbproj|sln|pth|instructions\.md|prompt\.md|chatmode\.md|config\.[cm]?[jt]s)$/;

/**
 * Says that no path rule may cover this file: what configures programs or agents, in any letter case and in any folder.
 * @param path relative to the workspace, with slashes
 */
export function isProtected(path: string): boolean {
  const segments = path.split('/').map(plain);
  return segments.some((segment, index) => {
    if (segment.startsWith('.') || folders.has(segment) || /^[^.]{1,6}~\d/.test(segment)) return true;
    // A bare repository in the workspace, and the hooks that a team shares.
    return (index === 0 && segment === 'hooks') || names.has(segment) || endings.test(segment);
  });
}

/**
 * A name as file systems compare it that know no letter case, drop dots and blanks at the end, or pass over characters that can't be seen.
 */
function plain(segment: string): string {
  return segment
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
}
