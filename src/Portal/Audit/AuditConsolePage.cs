using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Consoles;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>
/// A page of the auditors' console on which an auditor works within a case. The address names the case, which leads to no person. What
/// leads to one, a reference, a code, a contest or a pick, is in forms alone.
/// </summary>
public abstract class AuditConsolePage : ConsolePage
{
    /// <summary>The name of the case in the address.</summary>
    [SupplyParameterFromQuery(Name = "case")] public string? CaseName { get; set; }

    /// <summary>The auditor's own open cases, the earliest end first.</summary>
    public IReadOnlyList<AuditCase> Cases => Inbox.Cases;

    /// <summary>The case in which the auditor works; <see langword="null"/> until one is chosen.</summary>
    public AuditCase? Chosen { get; private set; }

    /// <summary>The document of the case's programme.</summary>
    public ProgrammeResponse? Document { get; private set; }

    /// <summary>The auditor's own open cases and draws. They lead to no person: a draw is of places in the ledger.</summary>
    private protected AuditInbox Inbox { get; private set; } = new([], [], IsCut: false);

    /// <summary>The documents of programmes.</summary>
    [Inject] private protected PublishedProgrammes Documents { get; set; } = null!;

    /// <summary>Returns the address of a page with a case.</summary>
    public static string AddressOf(string page, string caseName) => $"{page}?case={Uri.EscapeDataString(caseName)}";

    private protected sealed override async Task Begin()
    {
        Inbox = await Client.Audit.ReadInbox(Aborted);
        // Without a choice the only case is the one that is meant.
        var chosen = CaseName is null ? (Cases.Count == 1 ? Cases[0] : null) : Cases.FirstOrDefault(own => own.Case == CaseName);
        Document = chosen is null ? null : await Documents.Find(chosen.Programme, Aborted);
        Chosen = Document is null ? null : chosen;
    }

    /// <summary>Tells whether the form was shown today; otherwise it would be a look that no one has asked for.</summary>
    private protected async Task<bool> IsOfToday()
    {
        if (await LookFields.IsOfToday(Form, Client, Chosen!.Programme, Aborted)) return true;
        Faults.Add(("name", T["history.fault-new-day"]));
        return false;
    }
}
