using Npgsql;
using NpgsqlTypes;
using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>The rows of enrolments and their locators. The caller holds the locks of their partitions.</summary>
internal static class EnrolmentRows
{
    /// <summary>
    /// The programmes that are neither suspended nor ended. It takes no lock: to stop a programme locks every partition, so this cannot
    /// change while one is locked. $1 programmes.
    /// </summary>
    private const string Open = "SELECT id FROM ledger.programme WHERE id = ANY ($1) AND NOT (suspended OR ended)";

    /// <summary>
    /// The locators that are in use. It takes no lock: all enrolments with these locators hold the same partition's lock. $1 hashes.
    /// </summary>
    private const string Taken = "SELECT hash FROM ledger.locator WHERE hash = ANY ($1)";

    /// <summary>
    /// Stores enrolments. Runs under the partitions' locks and locks its own new rows. Arrays: $1 subjects, $2 partitions, $3 kinds, $4
    /// days, $5 programmes, $6 rule sets, $7 ledger keys, $8 versions that are consented to.
    /// </summary>
    private const string InsertEnrolments = """
        INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key, consented)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <summary>
    /// Stores the locators of enrolments. Runs under the partitions' locks and locks its own new rows. $1 hashes, $2 subjects.
    /// </summary>
    private const string InsertLocators = "INSERT INTO ledger.locator (hash, subject) SELECT * FROM unnest($1, $2)";

    /// <summary>The statement that reads which programmes are neither suspended nor ended.</summary>
    public static NpgsqlBatchCommand OpenProgrammes(IEnumerable<ProgrammeId> programmes) => Sql.Command(
        Open, (programmes.Select(programme => programme.Value).Distinct().ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));

    /// <summary>The statement that reads which locators are in use.</summary>
    public static NpgsqlBatchCommand TakenLocators(IEnumerable<byte[]> locators) =>
        Sql.Command(Taken, (locators.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea));

    /// <summary>The statements that store enrolments, each with its partition and its locator. They return nothing.</summary>
    public static NpgsqlBatchCommand[] Insert(IReadOnlyList<(NewEnrolment Enrolment, short Partition, byte[] Locator)> rows)
    {
        var subjects = Column(NpgsqlDbType.Bigint, row => row.Enrolment.Subject.Value);
        return
        [
            Sql.Command(
                InsertEnrolments, subjects, Column(NpgsqlDbType.Smallint, row => row.Partition),
                Column(NpgsqlDbType.Smallint, row => (short)row.Enrolment.Kind), Column(NpgsqlDbType.Date, row => row.Enrolment.Day),
                Column(NpgsqlDbType.Text, row => row.Enrolment.Programme.Value),
                Column(NpgsqlDbType.Text, row => row.Enrolment.RuleSet), Column(NpgsqlDbType.Bytea, row => row.Enrolment.LedgerKey),
                Column(NpgsqlDbType.Integer, row => row.Enrolment.Consented)),
            Sql.Command(InsertLocators, Column(NpgsqlDbType.Bytea, row => row.Locator), subjects),
        ];

        (object, NpgsqlDbType) Column<T>(NpgsqlDbType type, Func<(NewEnrolment Enrolment, short Partition, byte[] Locator), T> value) =>
            (rows.Select(value).ToArray(), NpgsqlDbType.Array | type);
    }

    /// <summary>The entries of an enrolment, and of the subjects that its handles leave.</summary>
    public static IEnumerable<(SubjectId Subject, EntryToAppend Entry)> Entries(
        NewEnrolment enrolment, byte[] receipt, IEnumerable<LinkedHandle> unlinked) =>
    [
        (enrolment.Subject, new EntryToAppend(EntryKind.Enrolled, Guid.NewGuid(), enrolment.Day, receipt)),
        .. HandleRows.Entries(enrolment.Subject, enrolment.Day, enrolment.Handles, unlinked),
    ];
}
