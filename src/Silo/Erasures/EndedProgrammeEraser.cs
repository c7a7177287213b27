using NpgsqlTypes;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Erases the enrolments of ended programmes, each as by its own withdrawal. Wherever it is cut off it goes on the next time, because the
/// tables themselves say what is left; two at once do no harm.
/// </summary>
internal sealed class EndedProgrammeEraser(LedgerDatabase database, WithdrawalWriter withdrawing, ProgrammeClock clock, int rowsMax)
{
    // Plain reads. "Suspended or" says the same with the index of the stopped.
    private const string Left = """
        SELECT l.hash, a.number FROM ledger.programme p
        LEFT JOIN LATERAL (
            SELECT a.number FROM ledger.act a JOIN ledger.entry x ON x.partition = 0 AND x.position = a.position
            WHERE a.programme = p.id AND convert_from(x.body, 'UTF8')::json ->> 'act' = 'ended' ORDER BY a.number DESC LIMIT 1) a ON true
        CROSS JOIN LATERAL (SELECT subject FROM ledger.enrolment WHERE programme = p.id LIMIT $1) e
        CROSS JOIN LATERAL (SELECT hash FROM ledger.locator WHERE subject = e.subject OFFSET 0) l
        WHERE (p.suspended OR p.ended) AND p.ended LIMIT $1
        """;

    /// <summary>Erases all that are left; returns how many subjects that were.</summary>
    public async Task<int> Erase(CancellationToken cancellationToken)
    {
        var erased = 0;
        while (await Next(cancellationToken) is { Count: > 0 } locators)
        {
            var open = new List<OpenErasure>();
            foreach (var (locator, act) in locators)
                if (await withdrawing.Fence(
                    locator, DateOnly.FromDateTime(clock.Now.UtcDateTime), new ErasureCause(Act: act),
                    cancellationToken) is { } left) open.Add(left.Open);
            await withdrawing.Finish(open, forget: true, cancellationToken);
            erased += open.Count;
        }
        return erased;
    }

    private async Task<List<(byte[] Locator, long? Act)>> Next(CancellationToken cancellationToken)
    {
        var locators = new List<(byte[], long?)>();
        await using var command = Sql.Command(database.Readers, Left, (rowsMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            locators.Add((reader.GetFieldValue<byte[]>(0), reader.IsDBNull(1) ? null : reader.GetInt64(1)));
        return locators;
    }
}
