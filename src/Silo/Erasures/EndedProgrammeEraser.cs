using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Erases the enrolments of ended programmes, each by a withdrawal. The tables say what is left, so an interrupted run is continued by the
/// next one, and several silos may run it concurrently.
/// </summary>
internal sealed class EndedProgrammeEraser(
    LedgerDatabase database, WithdrawalWriter withdrawals, ErasureFinisher finisher, ProgrammeClock clock,
    IOptions<EnrolmentOptions> options)
{
    /// <summary>
    /// Locators of enrolments in ended programmes, each with the number of the action that ended its programme. $1 count. No lock: each
    /// enrolment is locked when it is withdrawn. <c>suspended OR ended</c> is the condition of the partial index.
    /// </summary>
    private const string EndedEnrolments = """
        SELECT l.hash, a.number FROM ledger.programme p
        LEFT JOIN LATERAL (
            SELECT a.number FROM ledger.act a JOIN ledger.entry x ON x.partition = 0 AND x.position = a.position
            WHERE a.programme = p.id AND convert_from(x.body, 'UTF8')::json ->> 'act' = 'ended' ORDER BY a.number DESC LIMIT 1) a ON true
        CROSS JOIN LATERAL (SELECT subject FROM ledger.enrolment WHERE programme = p.id LIMIT $1) e
        CROSS JOIN LATERAL (SELECT hash FROM ledger.locator WHERE subject = e.subject OFFSET 0) l
        WHERE (p.suspended OR p.ended) AND p.ended LIMIT $1
        """;

    /// <summary>Erases all that are left; returns how many subjects were erased.</summary>
    /// <exception cref="Exception">
    /// The first failure of any kind. An enrolment that cannot be erased stops no other one that is found with it.
    /// </exception>
    public async Task<int> Erase(CancellationToken cancellationToken)
    {
        var erased = 0;
        while (await Next(cancellationToken) is { Count: > 0 } locators)
        {
            var (open, failure) = await FenceAll(locators, cancellationToken);
            await finisher.Finish(open, forget: true, cancellationToken);
            // An enrolment that could not be fenced would be found again for ever.
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
            erased += open.Count;
        }
        return erased;
    }

    private async Task<(List<OpenErasure> Open, Exception? Failure)> FenceAll(
        List<(byte[] Locator, long? Act)> locators, CancellationToken cancellationToken)
    {
        var open = new List<OpenErasure>();
        Exception? failure = null;
        foreach (var (locator, act) in locators)
        {
            try
            {
                var day = DateOnly.FromDateTime(clock.Now.UtcDateTime);
                if (await withdrawals.Fence(locator, day, new ErasureCause(Act: act), cancellationToken) is { } fenced)
                    open.Add(fenced.Open);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failure ??= exception;
            }
        }
        return (open, failure);
    }

    private async Task<List<(byte[] Locator, long? Act)>> Next(CancellationToken cancellationToken)
    {
        var locators = new List<(byte[], long?)>();
        await using var command = Sql.Command(
            database.Readers, EndedEnrolments, (options.Value.EndedRowsMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            locators.Add((reader.GetFieldValue<byte[]>(0), reader.IsDBNull(1) ? null : reader.GetInt64(1)));
        return locators;
    }
}
