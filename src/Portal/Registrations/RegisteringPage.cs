using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Consoles;

namespace Scoring.Registrations;

/// <summary>A page with the form of a document: of a new registration, or of a later version of one.</summary>
public abstract class RegisteringPage : ConsolePage
{
    /// <summary>The name of the buttons of the form, which say what to do.</summary>
    public const string DoField = "do";

    /// <summary>What the button does that adds a row.</summary>
    public const string Add = "add";

    private const string Remove = "remove-";

    /// <summary>The name of the registration to change; <see langword="null"/> for a new one.</summary>
    [SupplyParameterFromQuery] public string? Of { get; set; }

    /// <summary>The registration to change; <see langword="null"/> for a new one.</summary>
    protected RegistrationView? Changed { get; private set; }

    /// <summary>The kind of registration.</summary>
    protected abstract RegistrationKind Kind { get; }

    /// <summary>The document that the form begins with; <see langword="null"/> for a new one.</summary>
    protected JsonElement? Before => Changed?.Document ?? Changed?.Proposal?.Document;

    /// <summary>Whether something is registered under the name, so that parts of it never change.</summary>
    protected bool IsRegistered => Changed?.Document is not null;

    /// <summary>Whether a row was added by this request, which then has the focus.</summary>
    protected bool HasAdded { get; private set; }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        if (Of is not null) Changed = await Client.Registrations.Find(Kind, Of, Aborted);
    }

    /// <summary>Carries out what the pressed button says: rows come and go without anything being proposed.</summary>
    /// <param name="form">The form as it was sent.</param>
    /// <param name="add">Adds a row to it.</param>
    /// <param name="remove">Removes a row from it.</param>
    /// <returns>The form to show.</returns>
    protected async Task<TForm> Submit<TForm>(TForm form, Func<TForm, TForm> add, Func<TForm, int, TForm> remove)
        where TForm : IRegistrationForm
    {
        var act = Form.Text(DoField);
        if (act == Add)
        {
            HasAdded = true;
            return add(form);
        }
        if (act.StartsWith(Remove, StringComparison.Ordinal) && int.TryParse(act.AsSpan(Remove.Length), out var row))
            return remove(form, row);
        await Propose(form);
        return form;
    }

    /// <summary>Proposes the document. Every problem is shown at its field.</summary>
    protected async Task Propose(IRegistrationForm form)
    {
        try
        {
            var document = form.ToDocument();
            await Client.Registrations.Propose(
                Kind, new RegistrationProposal(RegistrationAction.Register, Document: document), Aborted);
            var name = DocumentMembers.Text(document, Kind == RegistrationKind.EventType ? "name" : "id");
            Redirect($"{RegistrationAddress.Of(Kind, name)}?outcome=proposed");
        }
        catch (ScoringProblemException exception)
            when (exception.Kind is ProblemKinds.ContentAtFault or ProblemKinds.MalformedRequest or ProblemKinds.WrongStatus)
        {
            Faults.AddRange(DocumentFaults.Of(exception.Problem, form.Fields).Select(fault =>
                (fault.Field, T["registration.fault", FieldLabels.Of(fault.Field, T), fault.Text])));
        }
    }
}
