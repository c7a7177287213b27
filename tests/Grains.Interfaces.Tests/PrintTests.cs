using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization.Invocation;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Tests;

/// <summary>
/// A print of a contract leads to no person: neither that of a record, nor that of a call, which Orleans writes into the message of a
/// time-out. Every member that holds text is personal unless this page says why it is not, so a new record is considered.
/// </summary>
public sealed class PrintTests
{
    /// <summary>Members of text that name no person, by the name that they have in every record.</summary>
    private static readonly string[] Harmless =
    [
        "Act", "Attribute", "AttributeName", "Contact", "Description", "Details", "Differences", "EventType", "EventTypes", "Hash", "Help",
        "LegalEntity", "LegalName", "Mitigation", "Pointer", "Purpose", "Reason", "Rule", "RulesHash", "RuleSet", "Service", "Sha256",
        "Source", "Standing", "Story", "Summary", "Tier", "Type", "Unit", "Value", "Values", "Zone", "AffectedGroups", "Codes",
    ];

    /// <summary>Members of text that name no person in one record, each with what they hold.</summary>
    private static readonly Dictionary<string, string> HarmlessIn = new()
    {
        ["AttributeDefinition.Name"] = "an attribute's name",
        ["Catalogue.Hash"] = "a hash of what is published",
        ["Catalogue.Installation"] = "the installation's name",
        ["Checkpoint.Life"] = "the ledger's incarnation",
        ["Checkpoint.Note"] = "a public note",
        ["Crossing.Now"] = "a tier",
        ["Crossing.Then"] = "a tier",
        ["DraftProblem.Code"] = "the kind of problem",
        ["EventType.Name"] = "an event type's name",
        ["ExportedDocument.Name"] = "a published document's name",
        ["ExportedFile.Name"] = "a file's name in an archive",
        ["KeptReport.Draft"] = "a draft's hash",
        ["Programme.Name"] = "a programme's name",
        ["ProgrammeSummary.Name"] = "a programme's name",
        ["ProgrammeSummaryPage.After"] = "a programme's name",
        ["PublishedReport.Draft"] = "a draft's hash",
        ["ReceiptKey.Alg"] = "a public key",
        ["ReceiptKey.Crv"] = "a public key",
        ["ReceiptKey.Kid"] = "a public key",
        ["ReceiptKey.Kty"] = "a public key",
        ["ReceiptKey.Use"] = "a public key",
        ["ReceiptKey.X"] = "a public key",
        ["ReceiptKey.Y"] = "a public key",
        ["RegistrationSummary.Id"] = "a registered name",
        ["RegistrationSummaryPage.After"] = "a registered name",
        ["RegistrationView.Id"] = "a registered name",
        ["Rule.Id"] = "a rule's name",
        ["Service.Id"] = "a registered name",
        ["SetAsideGroup.Fault"] = "the kind of fault",
        ["SetAsideView.Replaying"] = "programmes' names",
        ["Source.Clients"] = "registered names",
        ["Source.Id"] = "a registered name",
        ["Source.Keys"] = "public keys",
        ["Source.LinkUri"] = "a public address",
        ["Source.Name"] = "a registered name",
        ["Tier.Name"] = "a tier",
    };

    private static readonly Type[] AllRecords =
        [.. typeof(Entry).Assembly.GetTypes().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute)) && IsRecord(type))];

    public static TheoryData<Type> Records => [.. AllRecords.Where(type => !type.IsAbstract)];

    public static TheoryData<Type> Personal => [.. AllRecords.Where(type => type.IsClass && PersonalMembers(type).Any())];

    public static TheoryData<Type> Calls => [.. typeof(Entry).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(IRequest).IsAssignableFrom(type))];

    [Fact]
    public void The_records_and_calls_that_are_tested_are_found()
    {
        Records.Count.ShouldBeGreaterThan(100);
        Calls.Count.ShouldBeGreaterThan(70);
        Type[] known = [typeof(OwnSubject), typeof(Entry), typeof(NewGrantView), typeof(EnrolRequest), typeof(Audit.AuditCode)];
        known.ShouldBeSubsetOf(Personal.Select(row => row.Data));
        AllRecords.Where(type => type.IsClass).ShouldAllBe(type => type.IsSealed || type.IsAbstract);
        HarmlessIn.Keys.Except(AllRecords.SelectMany(type => TextMembers(type).Select(member => $"{type.Name}.{member.Name}")))
            .ShouldBeEmpty("a member that is no longer there");
    }

    [Theory, MemberData(nameof(Personal))]
    public void A_record_with_a_personal_member_prints_its_type_alone(Type type)
    {
        var members = string.Join(", ", PersonalMembers(type).Select(member => member.Name));
        type.GetMethod("ToString", BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public)!
            .IsDefined(typeof(CompilerGeneratedAttribute)).ShouldBeFalse($"{type.Name} prints {members}: override ToString.");
        SampleValues.Of(type)!.ToString().ShouldBe(type.Name);
    }

    [Theory, MemberData(nameof(Records))]
    public void No_record_prints_what_leads_to_a_person(Type type)
    {
        var print = SampleValues.Of(type)!.ToString()!;
        if (type == typeof(SubjectId)) print.ShouldBe(SampleValues.Subject.ToString()); // its print is its form in storage and archives
        else foreach (var canary in SampleValues.Canaries(IsPersonal)) print.ShouldNotContain(canary);
    }

    /// <summary>Orleans prints a call by the types of its parameters. A version that prints values fails here.</summary>
    [Theory, MemberData(nameof(Calls))]
    public void A_call_prints_no_argument(Type type)
    {
        var call = (IRequest)RuntimeHelpers.GetUninitializedObject(type);
        var parameters = call.GetMethod().GetParameters();
        for (var i = 0; i < call.GetArgumentCount(); i++)
            call.SetArgument(i, SampleValues.Of(parameters[i].ParameterType, parameters[i].Name!)!);
        if (parameters.Any(one => one.ParameterType == typeof(string)))
            IRequest.ToMethodCallString(call).ShouldContain("canary-of-a-parameter", customMessage: "the arguments are set");
        var print = call.ToString()!;
        print.ShouldContain(call.GetMethodName());
        foreach (var canary in SampleValues.Canaries(_ => true)) print.ShouldNotContain(canary);
    }

    private static IEnumerable<PropertyInfo> PersonalMembers(Type type) => TextMembers(type).Where(member => IsPersonal(member));

    private static IEnumerable<PropertyInfo> TextMembers(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(member =>
            member.Name != "EqualityContract" && SampleValues.ElementOf(member.PropertyType) is var element
            && (element == typeof(string) || element == typeof(Guid) || element == typeof(SubjectId) || element == typeof(OwnSubject)));

    private static bool IsPersonal(PropertyInfo member) => SampleValues.ElementOf(member.PropertyType) != typeof(string)
        || (!Harmless.Contains(member.Name) && !HarmlessIn.ContainsKey($"{member.DeclaringType!.Name}.{member.Name}"));

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;
}
