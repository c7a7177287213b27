using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Consoles;
using Scoring.SignIn;

namespace Scoring.Programmes;

/// <summary>
/// A page of administrators about one programme, under <c>/admin/programmes/{Programme}</c>. It loads the programme as its administrators
/// see it. A programme that has neither a draft nor a publication is a page that does not exist.
/// </summary>
public abstract class ProgrammeConsolePage : ConsolePage
{
    private const string NoZone = "UTC";

    /// <summary>The programme's name in the address.</summary>
    [Parameter] public string Programme { get; set; } = "";

    /// <summary>The programme as its administrators see it.</summary>
    public ProgrammeAdminView View { get; private set; } = null!;

    /// <summary>The published document; <see langword="null"/> when there is none.</summary>
    public ProgrammeResponse? Document { get; private set; }

    /// <summary>The address of the programme's first page in the console.</summary>
    public string Root => $"/admin/programmes/{Programme}";

    /// <summary>The name for people; the name in addresses when there is no other.</summary>
    public string Name => Document?.Programme.Name ?? Draft?.Name ?? Programme;

    /// <summary>The draft, with what its document says of it; <see langword="null"/> when there is none.</summary>
    public DraftFacts? Draft { get; private set; }

    /// <summary>The zone in which instants are shown.</summary>
    public string Zone => Document?.Programme.Zone ?? NoZone;

    /// <summary>The calls of the administrator.</summary>
    protected AdministrationClient Calls => Client.Administration;

    [Inject] private RecordSummaries Records { get; set; } = null!;

    [Inject] private IHttpContextAccessor Http { get; set; } = null!;

    /// <summary>Whether a pseudonym is that of the person who is signed in.</summary>
    public bool IsMe(string administrator) => Http.HttpContext!.User.PlatformName() == administrator;

    /// <summary>Whether a form is being sent and was not refused. Its markup must be there for that, whatever is shown after.</summary>
    protected bool IsBeingSent => Faults.Count == 0 && HttpMethods.IsPost(Http.HttpContext!.Request.Method);

    /// <summary>Reads the programme again, after a call that was refused because it has changed.</summary>
    protected async Task Reload()
    {
        View = await Calls.FindProgramme(Programme, Aborted);
        Document = View.Status == ProgrammeStatus.Drafted ? null : await FindDocument();
        Draft = View.Draft is { } draft ? new DraftFacts(draft) : null;
    }

    /// <summary>Returns the acts of the programme's record in short; none when it was never published.</summary>
    protected Task<RecordSummary> ReadRecord() => Document is null
        ? Task.FromResult(RecordSummary.Empty)
        : Records.Read(Client.As((string?)null).Programmes, Programme, Zone, Aborted);

    /// <summary>Returns what the list of programmes says of this one: when approvals expire, and by when to approve.</summary>
    protected async Task<ProgrammeSummary?> FindSummary()
    {
        string? after = null;
        do
        {
            var page = await Calls.ListProgrammes(after, cancellationToken: Aborted);
            if (page.Programmes.FirstOrDefault(summary => summary.Programme == Programme) is { } found) return found;
            after = page.After;
        }
        while (after is not null);
        return null;
    }

    private protected sealed override async Task Begin()
    {
        if (!await IfThere(Reload)) NotFound();
    }

    private async Task<ProgrammeResponse?> FindDocument()
    {
        try
        {
            // Not the kept one: what an administrator has just done must be there.
            return await Client.As((string?)null).Programmes.Find(Programme, Aborted);
        }
        catch (ScoringProblemException exception) when (exception.Kind == ProblemKinds.NotFound)
        {
            return null; // the gateway does not know it yet, or no longer
        }
    }
}
