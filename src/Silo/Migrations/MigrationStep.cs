using System.Text.RegularExpressions;

namespace Scoring.Migrations;

/// <summary>A part of a migration that runs once and is recorded on its own, so that a migration continues after a crash.</summary>
/// <param name="Number">The number within its migration, from 1.</param>
/// <param name="Text">Its statements; exactly one outside a transaction.</param>
/// <param name="IsInTransaction">
/// Whether it runs in a transaction, together with its record; no entry is appended meanwhile, so it must be short. Outside it may run
/// again after a crash, so its statement must be repeatable: the check of a constraint, or an index that is built concurrently, which the
/// migrator drops when it is left invalid.
/// </param>
internal sealed partial record MigrationStep(int Number, string Text, bool IsInTransaction)
{
    /// <summary>A line of a file that begins a step in a transaction. A file begins with such a step.</summary>
    public const string InTransaction = "-- Step in a transaction.";

    /// <summary>A line of a file that begins a step outside a transaction: one statement that does not block writers.</summary>
    public const string OutsideTransaction = "-- Step outside a transaction.";

    /// <summary>
    /// Indexes of released migrations that hold up all writers of a large table, each by the begin of its statement. The text of a released
    /// migration never changes, so it is run differently: the rest of it first, then the same index, built concurrently.
    /// </summary>
    private static readonly Dictionary<string, string> BuiltConcurrently = new(StringComparer.Ordinal)
    {
        ["009-audit.sql"] = "CREATE INDEX entry_reference ON ledger.entry",
    };

    /// <summary>The schema-qualified name of the index that the step builds concurrently, as schema and name; null for none.</summary>
    public (string Schema, string Name)? Index => !IsInTransaction && ConcurrentIndex().Match(Text) is { Success: true } match
        ? (match.Groups["schema"] is { Success: true } schema ? schema.Value : "public", match.Groups["index"].Value)
        : null;

    /// <summary>The steps of a migration, in order.</summary>
    public static IReadOnlyList<MigrationStep> Of(Migration migration)
    {
        var text = migration.Text.ReplaceLineEndings("\n");
        if (BuiltConcurrently.TryGetValue(migration.Name, out var begin))
        {
            var at = text.IndexOf(begin, StringComparison.Ordinal);
            var index = text[at..(text.IndexOf(';', at) + 1)];
            text = text.Remove(at, index.Length) + $"\n{OutsideTransaction}\n"
                + index.Replace("CREATE INDEX", "CREATE INDEX CONCURRENTLY", StringComparison.Ordinal);
        }
        var steps = new List<MigrationStep>();
        var lines = new List<string>();
        var isInTransaction = true;
        foreach (var line in text.Split('\n'))
        {
            if (line is not (InTransaction or OutsideTransaction))
            {
                lines.Add(line);
                continue;
            }
            Close();
            isInTransaction = line == InTransaction;
        }
        Close();
        return steps;

        void Close()
        {
            if (lines.Exists(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal)))
                steps.Add(new MigrationStep(steps.Count + 1, string.Join('\n', lines), isInTransaction));
            lines.Clear();
        }
    }

    [GeneratedRegex(@"^CREATE (UNIQUE )?INDEX CONCURRENTLY (?<index>\w+) ON ((?<schema>\w+)\.)?\w+ ", RegexOptions.Multiline)]
    private static partial Regex ConcurrentIndex();
}
