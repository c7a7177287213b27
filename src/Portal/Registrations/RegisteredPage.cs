using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Consoles;
using Scoring.SignIn;

namespace Scoring.Registrations;

/// <summary>A page about one registration: what is registered, what is proposed, and forms to approve and to propose.</summary>
public abstract class RegisteredPage : ConsolePage
{
    /// <summary>The id of the button that approves.</summary>
    public const string ApproveField = "approve";

    /// <summary>The name of the field that says what to propose.</summary>
    public const string ActField = "act";

    /// <summary>The registration's name as the address has it.</summary>
    [Parameter] public string Id { get; set; } = "";

    /// <summary>The registration.</summary>
    public RegistrationView View { get; private set; } = null!;

    /// <summary>Whether the person who is signed in made the proposal.</summary>
    public bool IsOwnProposal => View.Proposal is { } proposal && proposal.Author == Request.HttpContext!.User.PlatformName();

    /// <summary>The kind of registration.</summary>
    public abstract RegistrationKind Kind { get; }

    /// <summary>The registration's name.</summary>
    protected string Name { get; private set; } = "";

    [Inject] private IHttpContextAccessor Request { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task Load()
    {
        if (RegistrationAddress.NameOf(Kind, Id) is not { } name)
        {
            NotFound();
            return;
        }
        Name = name;
        View = await Client.Registrations.Find(Kind, name, Aborted);
    }

    /// <summary>Approves the proposal that was read: the form has its hash.</summary>
    protected async Task Approve()
    {
        ApprovalResponse? approval = null;
        if (await Try(
            async () => approval = await Client.Registrations.Approve(Kind, Name, new ApprovalRequest(Form.Text("hash")), Aborted),
            ApproveField, ProblemKinds.IsAuthor, ProblemKinds.HashDiffers, ProblemKinds.WrongStatus, ProblemKinds.ContentAtFault))
            Redirect($"{RegistrationAddress.Of(Kind, Name)}?outcome=approved");
    }

    /// <summary>Proposes to suspend, resume or end it.</summary>
    protected async Task ProposeAct()
    {
        if (Words.Find<RegistrationAction>(Form.Text(ActField)) is not { } act || act == RegistrationAction.Register)
        {
            Faults.Add((ActField, T["registration.act-missing"]));
            return;
        }
        if (await Try(
            () => Client.Registrations.Propose(Kind, new RegistrationProposal(act, Name), Aborted), ActField, ProblemKinds.WrongStatus))
            Redirect($"{RegistrationAddress.Of(Kind, Name)}?outcome=proposed");
    }

    /// <summary>Proposes a document in place of the registered one. What is wrong with it is shown at the fields.</summary>
    protected async Task Propose(JsonElement document, params string[] fields)
    {
        try
        {
            await Client.Registrations.Propose(
                Kind, new RegistrationProposal(RegistrationAction.Register, Name, document), Aborted);
            Redirect($"{RegistrationAddress.Of(Kind, Name)}?outcome=proposed");
        }
        catch (ScoringProblemException exception)
            when (exception.Kind is ProblemKinds.ContentAtFault or ProblemKinds.MalformedRequest or ProblemKinds.WrongStatus)
        {
            Faults.AddRange(DocumentFaults.Of(exception.Problem, fields));
        }
    }
}
