using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Scoring.Charts;
using Scoring.Client;
using Scoring.Consoles;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Editing;

/// <summary>
/// What the editor does with what was sent: it takes the side that was changed, carries out the button, and asks the platform what is wrong
/// and what a made-up history would score. Only <c>save</c> stores something.
/// </summary>
public abstract class EditorPage : ConsolePage
{
    private const string Save = "save";

    private bool _isSent;

    /// <summary>The programme whose next version is drafted; <see langword="null"/> for a new one.</summary>
    [Parameter] public string? Programme { get; set; }

    /// <summary>The draft.</summary>
    internal EditedDraft Draft { get; private set; } = null!;

    /// <summary>What the parts of the editor show.</summary>
    protected EditorView View { get; private set; } = null!;

    /// <summary>What the platform says of the draft; <see langword="null"/> before anything was written.</summary>
    protected DraftReport? Report { get; private set; }

    /// <summary>The hash of the stored draft that this one replaces; empty when there was none.</summary>
    protected string Stored { get; private set; } = "";

    /// <summary>The scores of the made-up history.</summary>
    protected WorkbenchAnswer? Bench { get; private set; }

    /// <summary>The events of the made-up history.</summary>
    protected IReadOnlyList<WhatIfRequest> BenchEvents { get; private set; } = [];

    /// <summary>Whether the history is longer than the workbench takes.</summary>
    protected bool IsBenchCut { get; private set; }

    /// <summary>Why the history is not scored.</summary>
    protected string? BenchRefusal { get; private set; }

    /// <summary>The tiers of the draft as lines of the chart.</summary>
    protected IReadOnlyList<LineBand> Bands =>
    [
        .. Draft.Fields.Indexes("ruleSet.tiers").Select(index => $"ruleSet.tiers.{index}")
            .Select(tier => (Name: Draft.Fields.Text(tier + ".name"), From: Draft.Fields.Text(tier + ".from")))
            .Where(tier => tier.Name.Length > 0 && tier.Name != "baseline" && long.TryParse(tier.From, out _))
            .Select(tier => new LineBand(T.Tier(tier.Name), long.Parse(tier.From, T.Language.Format))),
    ];

    [Inject] private PublishedProgrammes Programmes { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task Load()
    {
        _isSent = Form.Text("rendered").Length > 0;
        var published = await Programmes.List(Aborted);
        if (_isSent) Draft = EditedDraft.Of(Form, Form.Text("act"));
        else if (await Begin(published) is { } begun) Draft = EditedDraft.Of(begun);
        else
        {
            NotFound();
            return;
        }
        if (_isSent) Stored = Form.Text("stored");
        var types = await new EventTypeCatalogue(Client, Programmes).Find(Aborted);
        var bench = WorkbenchForm.Of(Form, Form.Text("act"), types, Today(published), out var added);
        View = new EditorView(Draft.Document, Draft.Fields, bench, types);
        View.Focus = added ?? (Draft.Moved is { } moved ? FieldPlaces.Of("/" + moved.Replace('.', '/'), Draft.Fields) : null);
        if (_isSent || Programme is not null) await Check();
        await Work(types);
    }

    /// <summary>Stores the draft when its button was pressed. Everything else is done by loading.</summary>
    protected async Task Submit()
    {
        if (Form.Text("act") != Save || Draft.Fault is not null) return;
        var bytes = Encoding.UTF8.GetBytes(Draft.Text);
        if (Programme is null)
        {
            await Create(bytes);
            return;
        }
        // The platform replaces what is stored, so another administrator's draft is not replaced unseen.
        var current = (await Client.Administration.FindProgramme(Programme, Aborted)).Draft?.Hash ?? "";
        if (current != Stored)
        {
            Stored = current;
            Faults.Add((FieldPlaces.Json, T["editor.stored-changed"]));
            return;
        }
        if (await Try(
            () => Client.Administration.PutDraft(Programme, bytes, Aborted), FieldPlaces.Json, ProblemKinds.WrongStatus,
            ProblemKinds.MalformedJson))
            Redirect($"/admin/programmes/{Programme}/draft?outcome=saved");
    }

    private async Task Create(byte[] bytes)
    {
        const string Name = DraftDocument.Terms + ".id";
        try
        {
            DraftView? created = null;
            if (await Try(
                async () => created = await Client.Administration.CreateProgramme(bytes, Aborted), Name, ProblemKinds.NameTaken,
                ProblemKinds.WrongStatus, ProblemKinds.MalformedJson))
                Redirect($"/admin/programmes/{created!.Programme}/draft?outcome=saved");
        }
        catch (ScoringProblemException exception) when (exception.Kind == ProblemKinds.MalformedRequest)
        {
            Faults.Add((Name, T["editor.id-hint"]));
        }
    }

    private DateOnly Today(IReadOnlyList<ProgrammeResponse> published) => published
        .Select(document => document.Today).DefaultIfEmpty(DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime)).Max();

    private async Task<JsonObject?> Begin(IReadOnlyList<ProgrammeResponse> published)
    {
        if (Programme is null) return DraftStart.New(Today(published));
        var found = await Client.Administration.FindProgramme(Programme, Aborted);
        Stored = found.Draft?.Hash ?? "";
        if (found.Draft is { } draft) return JsonNode.Parse(draft.Json.GetRawText())!.AsObject();
        return published.FirstOrDefault(document => document.Programme.Id == Programme) is { } document ? DraftStart.Next(document) : null;
    }

    private async Task Check()
    {
        if (Draft.Fault is { } fault)
        {
            View.Problems = [(FieldPlaces.Json, T[fault], "")];
            return;
        }
        Report = await Client.Administration.CheckDraft(Encoding.UTF8.GetBytes(Draft.Text), Programme, Aborted);
        View.Problems =
            [.. Report.Problems.Select(problem => (FieldPlaces.Of(problem.Pointer, Draft.Fields), problem.Help, problem.Pointer))];
    }

    private async Task Work(IReadOnlyList<EventType> types)
    {
        if (MadeUpHistory.Read(View.Bench, types) is not var (from, to, events, isCut)) return;
        BenchEvents = events;
        IsBenchCut = isCut;
        try
        {
            var draft = JsonSerializer.SerializeToElement(Draft.Document);
            Bench = await Client.Administration.RunWorkbench(new WorkbenchRequest(draft, from, to, events), Aborted);
        }
        catch (ScoringProblemException exception) when (exception.Kind is ProblemKinds.ContentAtFault)
        {
            BenchRefusal = T["editor.bench-refused"];
        }
        catch (ScoringProblemException exception)
            when (exception.Kind is ProblemKinds.EventsRefused or ProblemKinds.MalformedRequest)
        {
            BenchRefusal = T["editor.bench-faulty"];
        }
    }
}
