using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>Opens a stage for each test and holds the steps that contract tests share.</summary>
public abstract class LedgerStageTest : IAsyncLifetime
{
    protected ILedgerStage Stage { get; private set; } = null!;

    protected ILedger Ledger => Stage.Ledger;

    protected IEnrolmentStore Enrolments => Stage.Enrolments;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILedgerStage> NewStage();

    public async ValueTask InitializeAsync() => Stage = await NewStage();

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<NewEnrolment> Enrol(params NewHandle[] handles)
    {
        var enrolment = Some.Enrolment(Some.Locators(), handles);
        (await Enrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        return enrolment;
    }

    protected async Task<IReadOnlyList<Entry>> History(NewEnrolment enrolment) =>
        await Ledger.ReadSubject(enrolment.Subject, 0, 1000, Cancel);
}
