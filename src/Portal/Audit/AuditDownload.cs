using Scoring.Client;
using Scoring.Languages;
using Scoring.SignIn;

namespace Scoring.Audit;

/// <summary>A request for something that an auditor takes along. A refusal leads back to the page of the form and says why.</summary>
internal sealed class AuditDownload(
    IHttpContextAccessor accessor, CurrentSession session, ScoringClient client, DownloadForm form)
{
    private string _outcome = "?outcome=case-unknown";

    /// <summary>The name of the case in the address.</summary>
    public string CaseName { get; } = accessor.HttpContext!.Request.Query["case"].ToString();

    /// <summary>The case's programme, once the case is found.</summary>
    public string Programme { get; private set; } = "";

    /// <summary>The checkpoint that was asked for; <see langword="null"/> for the latest.</summary>
    public long? Checkpoint => LookFields.Number(form.Values.Text("checkpoint"));

    /// <summary>Leads back to the page of the form, which says why there is nothing to take.</summary>
    public IResult Refused
    {
        get
        {
            var path = Context.Request.Path.ToString();
            return Results.LocalRedirect($"{path[..path.LastIndexOf('/')]}{_outcome}&case={Uri.EscapeDataString(CaseName)}");
        }
    }

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>Finds the case. Returns whether it is one of the auditor's own.</summary>
    public async Task<bool> FindCase()
    {
        var found = (await client.Audit.ReadInbox(Context.RequestAborted)).Cases.FirstOrDefault(own => own.Case == CaseName);
        Programme = found?.Programme ?? "";
        return found is not null;
    }

    /// <summary>
    /// Returns the history that the form asks for; <see langword="null"/> when it cannot be asked for. On another day than that of the page
    /// it would be another look.
    /// </summary>
    public async Task<HistoryRequest?> FindHistory()
    {
        if (!await FindCase()) return null;
        _outcome = "?outcome=new-day";
        if (!await LookFields.IsOfToday(form.Values, client, Programme, Context.RequestAborted)) return null;
        _outcome = "?outcome=not-sent";
        return new LookFields(form.Values, form.Texts, []).Request(CaseName);
    }

    /// <summary>Sends one file at a time to a session.</summary>
    public async Task<IResult> OneAtATime(Func<ScoringClient, HttpContext, Task> send)
    {
        var exporting = session.Required.Exporting;
        _outcome = "?outcome=under-way";
        if (!await exporting.WaitAsync(TimeSpan.Zero, Context.RequestAborted)) return Refused;
        try
        {
            await send(client, Context);
            return Results.Empty;
        }
        catch (ScoringProblemException exception) when (exception.Kind is ProblemKinds.NotFound or ProblemKinds.CaseUnknown)
        {
            Context.Response.Headers.Remove("Content-Disposition");
            _outcome = exception.Kind == ProblemKinds.NotFound ? "?outcome=not-found" : "?outcome=case-unknown";
            return Refused;
        }
        finally
        {
            exporting.Release();
        }
    }
}

/// <summary>What the form of a download holds, and what it is read with.</summary>
internal sealed class DownloadForm(FormValues values, Texts texts)
{
    public FormValues Values { get; } = values;

    public Texts Texts { get; } = texts;
}
