using Npgsql;

namespace Scoring.Migrations;

/// <summary>What statements of a release rely on in the platform's schemas.</summary>
/// <param name="Parts">What they name: tables, views, columns with their types, functions with theirs.</param>
/// <param name="Demands">What a row must fulfil, each with its table and the columns that it is about.</param>
/// <param name="Names">The names of tables, views and columns.</param>
internal sealed record SchemaFacts(HashSet<string> Parts, List<SchemaFacts.Demand> Demands, HashSet<string> Names)
{
    // One list of lines: kind, text, relation, definition, columns.
    private const string Sql = """
        WITH own AS (SELECT oid FROM pg_namespace WHERE nspname IN ('ledger', 'membership', 'administration')),
        columns AS (
            SELECT attrelid, attnum, attrelid::regclass || '.' || attname AS name, format_type(atttypid, atttypmod) AS type,
                attnotnull AND NOT atthasdef AND attidentity = '' AND relkind <> 'v' AS is_demanded
            FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE relnamespace IN (SELECT oid FROM own) AND relkind IN ('r', 'p', 'v') AND attnum > 0 AND NOT attisdropped),
        constraints AS (SELECT *, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE connamespace IN (SELECT oid FROM own))
        SELECT 'part' AS kind, CASE relkind WHEN 'v' THEN 'view ' ELSE 'table ' END || oid::regclass AS text, oid::regclass::text,
            '', '{}'::text[]
        FROM pg_class WHERE relnamespace IN (SELECT oid FROM own) AND relkind IN ('r', 'p', 'v')
        UNION ALL SELECT 'part', 'column ' || name || ' ' || type, name, '', '{}' FROM columns
        UNION ALL SELECT 'part', 'function ' || oid::regprocedure || ' ' || pg_get_function_result(oid), '', '', '{}' FROM pg_proc
            WHERE pronamespace IN (SELECT oid FROM own) AND prorettype <> 'trigger'::regtype
        UNION ALL SELECT 'demand', 'column ' || name || ' must be given', attrelid::regclass::text, '', '{}' FROM columns
            WHERE is_demanded
        UNION ALL SELECT 'demand', 'constraint ' || conname || ' of ' || conrelid::regclass || ' is new', conrelid::regclass::text,
                definition, ARRAY(SELECT name FROM columns WHERE attrelid = conrelid AND attnum = ANY (conkey))
            FROM constraints WHERE conrelid <> 0 AND contype IN ('c', 'f', 'x')
        UNION ALL SELECT 'demand', 'constraint ' || conname || ' holds rows of ' || confrelid::regclass, confrelid::regclass::text,
                definition, '{}'
            FROM constraints WHERE contype = 'f' AND confdeltype IN ('a', 'r')
        UNION ALL SELECT 'demand', 'index ' || relname || ' of ' || indrelid::regclass || ' refuses equal rows', indrelid::regclass::text,
                pg_get_indexdef(indexrelid), ARRAY(SELECT name FROM columns WHERE attrelid = indrelid AND attnum = ANY (indkey))
            FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indisunique AND relnamespace IN (SELECT oid FROM own)
        UNION ALL SELECT 'demand', 'trigger ' || tgname || ' of ' || tgrelid::regclass || ' may refuse', tgrelid::regclass::text,
                pg_get_triggerdef(t.oid), '{}'
            FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
            WHERE NOT tgisinternal AND relnamespace IN (SELECT oid FROM own) AND (tgtype & 2 = 2 OR tgconstraint <> 0)
        """;

    /// <summary>Reads the facts of a database.</summary>
    public static async Task<SchemaFacts> Read(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var facts = new SchemaFacts([], [], []);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (row.GetString(0) == "demand")
            {
                facts.Demands.Add(
                    new Demand(row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4)));
                continue;
            }
            facts.Parts.Add(row.GetString(1));
            facts.Names.Add(row.GetString(2));
        }
        return facts;
    }

    /// <summary>Returns what is gone since an earlier state, and what is asked more of tables that were there then.</summary>
    public IEnumerable<string> TakenFrom(SchemaFacts before) =>
    [
        .. before.Parts.Except(Parts).Select(part => $"{part} is gone"),
        .. Demands.Where(demand => before.Names.Contains(demand.Table) && !before.Demands.Exists(demand.Equal)
            && (demand.Columns.Length == 0 || demand.Columns.Any(before.Names.Contains))).Select(demand => demand.Text),
    ];

    /// <summary>Something that a row of a table must fulfil.</summary>
    /// <param name="Text">What it is, with names.</param>
    /// <param name="Table">The table.</param>
    /// <param name="Definition">Its statement.</param>
    /// <param name="Columns">
    /// The columns that it is about; empty for all. When all of them are new, a statement that does not name them fulfils it.
    /// </param>
    internal sealed record Demand(string Text, string Table, string Definition, string[] Columns)
    {
        /// <summary>Whether it is the same demand.</summary>
        public bool Equal(Demand other) => Text == other.Text && Definition == other.Definition;
    }
}
