using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Audit;

/// <summary>An auditor's own open cases and draws, on a real PostgreSQL.</summary>
public sealed class AuditInboxTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private LedgerStage _stage = null!;
    private PostgresAudit _audit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.Open(server);
        _audit = new PostgresAudit(_stage.Database, _stage.Heads, LedgerStage.EnrolmentOptions, NullLogger<PostgresAudit>.Instance);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task An_auditor_has_their_own_open_cases_by_their_last_days_and_the_draws_of_these()
    {
        var late = await Open("one", Today.AddDays(9));
        var soon = await Open("one", Today.AddDays(1));
        await Open("one", Today.AddDays(-1));
        var other = await Open("two", Today.AddDays(5));
        (await _audit.OpenCases("one", Today, 10, Cancel)).ShouldBe([soon, late]);
        (await _audit.OpenCases("one", Today, 1, Cancel)).ShouldBe([soon]);
        (await _audit.OpenCases("three", Today, 10, Cancel)).ShouldBeEmpty();

        var draw = OpaqueId.Draw();
        (await _audit.RequestDraw(draw, soon.Case, 3, 7, 5, Cancel)).ShouldBeTrue();
        (await _audit.RequestDraw(OpaqueId.Draw(), other.Case, 3, 7, 5, Cancel)).ShouldBeTrue();
        (await _audit.DrawsOf([soon.Case, late.Case], 10, Cancel)).ShouldBe([new Inbox.DrawSummary(draw, soon.Case, 3, 7, null)]);
        (await _audit.DrawsOf([], 10, Cancel)).ShouldBeEmpty();
    }

    private async Task<AuditCase> Open(string auditor, DateOnly last)
    {
        var opened = new AuditCase(OpaqueId.Draw(), Some.Programme, AuditPurpose.Supervision, last.AddDays(-10), last);
        (await _audit.OpenCase(opened, auditor, 99, AuditEntries.Opened(opened, auditor, Some.Start), Cancel)).ShouldBeTrue();
        return opened;
    }
}
