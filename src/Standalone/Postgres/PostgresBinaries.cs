using System.Globalization;
using System.Text.RegularExpressions;

namespace Scoring.Postgres;

/// <summary>An installed PostgreSQL server: the folder of its programs and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int MajorMin = 15;

    private const string Advice =
        "Install the PostgreSQL server, version 15 or later (Debian and Ubuntu: apt-get install postgresql; " +
        "Fedora: dnf install postgresql-server; Alpine: apk add postgresql; Arch: pacman -S postgresql; " +
        "macOS: brew install postgresql), or set the folder of its programs with --Postgres:BinariesFolder=PATH.";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>
    /// Finds the newest server in <paramref name="folder"/>, or in the usual folders when it is null. Existing data need the server of
    /// their own major version, <paramref name="major"/>.
    /// </summary>
    public static async Task<PostgresBinaries> Find(
        string? folder, int? major, CancellationToken cancellationToken, IEnumerable<string>? usualFolders = null)
    {
        var candidates = folder is null ? usualFolders ?? await UsualFolders(cancellationToken) : [folder];
        var found = new List<PostgresBinaries>();
        foreach (var candidate in candidates.Where(IsServer).Distinct())
        {
            if (await MajorOf(candidate, cancellationToken) is { } version)
            {
                found.Add(new PostgresBinaries(candidate, version));
            }
        }

        var suitable = found.Where(b => major is null ? b.Major >= MajorMin : b.Major == major).MaxBy(b => b.Major);
        return suitable ?? throw new EmbeddedPostgresException(EmbeddedPostgresFailure.BinariesMissing, Explain(folder, major, found));
    }

    private static string Explain(string? folder, int? major, List<PostgresBinaries> found)
    {
        var wanted = major is null ? $"PostgreSQL {MajorMin} or later" : $"PostgreSQL {major}, which made the data in the data folder,";
        var versions = found.Count == 0 ? "" : $" (found version {string.Join(", ", found.Select(b => b.Major).Distinct())})";
        return $"{wanted} was not found{(folder is null ? "" : " in " + folder)}{versions}. {Advice}";
    }

    private static bool IsServer(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static async Task<int?> MajorOf(string folder, CancellationToken cancellationToken)
    {
        var answer = await CommandRunner.Run([Path.Combine(folder, "postgres"), "--version"], "/", cancellationToken);
        var match = Version().Match(answer.Output);
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static async Task<List<string>> UsualFolders(CancellationToken cancellationToken)
    {
        List<string> folders = [];
        var config = await CommandRunner.Run(["pg_config", "--bindir"], "/", cancellationToken);
        if (config.Succeeded)
        {
            folders.Add(config.Output.Trim());
        }

        foreach (var (parent, pattern) in new[]
        {
            ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/usr/libexec", "postgresql*"),
            ("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*"),
        })
        {
            if (Directory.Exists(parent))
            {
                folders.AddRange(Directory.GetDirectories(parent, pattern).SelectMany(d => new[] { Path.Combine(d, "bin"), d }));
            }
        }

        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
        return folders;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
