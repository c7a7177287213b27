using System.Globalization;
using System.Text.RegularExpressions;

namespace Scoring.Postgres;

/// <summary>An installed PostgreSQL server: where its programs are and which major version they have.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int MajorMin = 15;

    private const string Advice =
        "Install the PostgreSQL server, version 15 or later (Debian and Ubuntu: apt-get install postgresql; " +
        "Fedora: dnf install postgresql-server; Alpine: apk add postgresql; Arch: pacman -S postgresql; " +
        "macOS: brew install postgresql), or name the folder of its programs.";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>
    /// The newest in <paramref name="folder"/> or, without one, in the usual places. Data belong to one major version,
    /// so existing data decide it (<paramref name="major"/>).
    /// </summary>
    public static async Task<PostgresBinaries> Find(
        string? folder, int? major, CancellationToken cancellationToken, IEnumerable<string>? places = null)
    {
        var looked = folder is null ? places ?? await UsualPlaces(cancellationToken) : [folder];
        var found = new List<PostgresBinaries>();
        foreach (var place in looked.Where(IsServer).Distinct())
        {
            if (await MajorOf(place, cancellationToken) is { } version)
            {
                found.Add(new PostgresBinaries(place, version));
            }
        }

        var fitting = found.Where(b => major is null ? b.Major >= MajorMin : b.Major == major).MaxBy(b => b.Major);
        return fitting ?? throw new EmbeddedPostgresException(EmbeddedPostgresFailure.BinariesMissing, Explain(folder, major, found));
    }

    private static string Explain(string? folder, int? major, List<PostgresBinaries> found)
    {
        var wanted = major is null ? $"PostgreSQL {MajorMin} or later" : $"PostgreSQL {major}, which made the data in the data folder,";
        var seen = found.Count == 0 ? "" : $" (found version {string.Join(", ", found.Select(b => b.Major).Distinct())})";
        return $"{wanted} was not found{(folder is null ? "" : " in " + folder)}{seen}. {Advice}";
    }

    private static bool IsServer(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static async Task<int?> MajorOf(string folder, CancellationToken cancellationToken)
    {
        var answer = await CommandRunner.Run([Path.Combine(folder, "postgres"), "--version"], "/", cancellationToken);
        var match = Version().Match(answer.Output);
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static async Task<List<string>> UsualPlaces(CancellationToken cancellationToken)
    {
        List<string> places = [];
        var config = await CommandRunner.Run(["pg_config", "--bindir"], "/", cancellationToken);
        if (config.Succeeded)
        {
            places.Add(config.Output.Trim());
        }

        foreach (var (parent, pattern) in new[]
        {
            ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/usr/libexec", "postgresql*"),
            ("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*"),
        })
        {
            if (Directory.Exists(parent))
            {
                places.AddRange(Directory.GetDirectories(parent, pattern).SelectMany(d => new[] { Path.Combine(d, "bin"), d }));
            }
        }

        places.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
        return places;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
