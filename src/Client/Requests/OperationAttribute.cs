namespace Scoring.Client;

/// <summary>
/// Names the operation of the API that a method calls. A test compares all of them with <c>docs/openapi.json</c>, and with what the
/// methods send.
/// </summary>
/// <param name="id">The operation's id in the document.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OperationAttribute(string id) : Attribute
{
    /// <summary>The operation's id in the document.</summary>
    public string Id => id;
}
